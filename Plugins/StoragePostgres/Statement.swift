/// A statement in SQL, with `$1`, `$2` and so on where its parameters go.
struct Statement: Sendable {
    let sql: String
    /// The name to prepare it under, the same for the same SQL alone; nil when it is used once.
    let name: String?

    /// A statement that is prepared once on each connection.
    init(_ sql: String) {
        self.sql = sql
        name = "pairloom_" + String(sql.utf8.reduce(0xCBF2_9CE4_8422_2325, Self.mix), radix: 16)
    }

    /// A statement that is used once.
    init(once sql: String) {
        self.sql = sql
        name = nil
    }

    /// The statement with these values for its parameters.
    func callAsFunction(_ parameters: Parameter...) -> Command {
        Command(statement: self, parameters: parameters)
    }

    /// FNV-1a, of 64 bits.
    private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}

/// A statement and the values of its parameters.
struct Command {
    let statement: Statement
    let parameters: [Parameter]
}

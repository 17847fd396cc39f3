/// The parameters of a command as libpq wants them: one address, length and format for each.
struct EncodedParameters {
    private var bytes: [UInt8] = []
    /// Where each parameter is; nil for NULL.
    private var ranges: [Range<Int>?] = []

    /// - Throws: when they are more than PostgreSQL takes.
    init(_ parameters: [Parameter]) throws(PostgresFailure) {
        for parameter in parameters {
            let start = bytes.count
            parameter.encode(into: &bytes)
            if case .null = parameter { ranges.append(nil) } else { ranges.append(start..<bytes.count) }
        }
        guard bytes.count < 1 << 30 else { throw .refused(state: "54000", message: "a gibibyte or more at once") }
        // An empty array has no address, and no address means NULL.
        bytes.append(0)
    }

    /// Calls `body` with their count, values, lengths and formats, which are good until it returns.
    func withPointers<Value>(
        _ body: (CInt, [UnsafePointer<CChar>?], [CInt], [CInt]) -> Value
    ) -> Value {
        bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return body(
                CInt(ranges.count), ranges.map { range in range.flatMap { start?.advanced(by: $0.lowerBound) } },
                ranges.map { CInt($0?.count ?? 0) }, ranges.map { _ in 1 })
        }
    }
}

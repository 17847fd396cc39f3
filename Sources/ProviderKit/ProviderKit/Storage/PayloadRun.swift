import CollabText

/// Payloads that follow each other, in one piece of memory: a busy room logs dozens of them for each commit.
public struct PayloadRun: Sendable, Hashable {
    /// Of each payload its length, as a LEB128 varint, and its bytes. A store may keep the run in this form.
    public private(set) var framed: [UInt8] = []
    /// How many payloads there are.
    public private(set) var count = 0

    /// A run without a payload.
    public init() {}

    public init(_ payloads: some Sequence<[UInt8]>) {
        for payload in payloads { append(payload) }
    }

    /// The run that has this ``framed`` form; nil when the bytes end inside of a payload.
    public init?(framed bytes: [UInt8]) {
        framed = bytes
        var iterator = makeIterator()
        while iterator.next() != nil { count += 1 }
        guard iterator.isAtEnd else { return nil }
    }

    public var isEmpty: Bool { count == 0 }

    /// Adds a payload at the end.
    public mutating func append(_ payload: [UInt8]) {
        framed.appendVarint(payload.count)
        framed += payload
        count += 1
    }

    /// Adds all payloads of another run at the end.
    public mutating func append(contentsOf other: PayloadRun) {
        framed += other.framed
        count += other.count
    }

    /// Takes payloads off the beginning.
    ///
    /// - Parameter limit: how many bytes of ``framed`` they may have; one is taken in any case, if there is one.
    public mutating func removeFirst(upTo limit: Int) -> PayloadRun {
        guard framed.count > limit else {
            defer { self = PayloadRun() }
            return self
        }
        var taken = PayloadRun()
        var iterator = makeIterator()
        while let payload = iterator.next(), taken.isEmpty || framed.count - iterator.remainingBytes <= limit {
            taken.append(payload)
        }
        framed.removeFirst(taken.framed.count)
        count -= taken.count
        return taken
    }

    /// The payloads as entries of a log.
    ///
    /// - Parameter first: the revision of the first.
    public func entries(from first: Revision) -> [LogEntry] {
        enumerated().map { LogEntry(revision: first.advanced(by: $0.offset), payload: $0.element) }
    }
}

extension PayloadRun: Sequence {
    public func makeIterator() -> Iterator {
        Iterator(rest: framed[...])
    }

    public struct Iterator: IteratorProtocol {
        fileprivate var rest: ArraySlice<UInt8>

        /// Whether all bytes were read.
        fileprivate var isAtEnd: Bool { rest.isEmpty }

        /// How many bytes were not read yet.
        fileprivate var remainingBytes: Int { rest.count }

        public mutating func next() -> [UInt8]? {
            var tail = rest
            guard let length = Self.takeVarint(from: &tail), length <= tail.count else { return nil }
            rest = tail.dropFirst(length)
            return Array(tail.prefix(length))
        }

        private static func takeVarint(from bytes: inout ArraySlice<UInt8>) -> Int? {
            var value: UInt = 0
            for shift in stride(from: 0, to: Int.bitWidth - 1, by: 7) {
                guard let byte = bytes.popFirst() else { return nil }
                value |= UInt(byte & 0x7F) << shift
                if byte < 0x80 { return Int(value) }
            }
            return nil
        }
    }
}

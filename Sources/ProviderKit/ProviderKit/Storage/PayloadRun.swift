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
        while iterator.nextRange() != nil { count += 1 }
        guard iterator.offset == bytes.count else { return nil }
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
        var end = 0
        while iterator.nextRange() != nil, taken.isEmpty || iterator.offset <= limit {
            taken.count += 1
            end = iterator.offset
        }
        taken.framed = Array(framed.prefix(end))
        framed.removeFirst(end)
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
        Iterator(bytes: framed)
    }

    public struct Iterator: IteratorProtocol {
        private let bytes: [UInt8]
        private var reader: VarintReader

        fileprivate init(bytes: [UInt8]) {
            self.bytes = bytes
            reader = VarintReader(bytes)
        }

        /// How many bytes were read.
        fileprivate var offset: Int { reader.position }

        public mutating func next() -> [UInt8]? {
            nextRange().map { Array(bytes[$0]) }
        }

        /// Where the bytes of the next payload are; nil at the end, and where the bytes are no run.
        fileprivate mutating func nextRange() -> Range<Int>? {
            var ahead = reader
            guard !reader.isAtEnd, let range = try? ahead.run() else { return nil }
            reader = ahead
            return range
        }
    }
}

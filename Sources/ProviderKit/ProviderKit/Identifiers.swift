/// The name of a room. Opaque: what a store was given, it gives back.
public struct RoomID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let rawValue: String

    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Equal by UTF-8 bytes: two ways to write one accented letter are two rooms, in memory as in a database.
    public static func == (a: RoomID, b: RoomID) -> Bool {
        a.rawValue.utf8.elementsEqual(b.rawValue.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        var value = rawValue
        value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Ordered by UTF-8 bytes, whatever the locale; stores list rooms in this order.
    public static func < (a: RoomID, b: RoomID) -> Bool {
        a.rawValue.utf8.lexicographicallyPrecedes(b.rawValue.utf8)
    }

    public var description: String { rawValue }
}

/// Who made an edit: one connection, or one tool.
public struct ClientID: Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }
}

/// How many changes a room has seen: 0 as it was created, one more with each change.
///
/// A room is at a revision from ``zero`` to ``largest``. Other numbers are bounds of ranges, or come from outside: a
/// store reads what it holds with ``init(exactly:)``. Calculating never traps, whatever the number: what would be past
/// an end of `Int` is that end.
public struct Revision: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let rawValue: Int

    /// Any number, one that no room can be at included.
    public init(_ rawValue: Int) {
        self.rawValue = rawValue
    }

    /// A revision that a room can be at; nil for any other number.
    public init?(exactly number: Int) {
        self.init(number)
        guard (Self.zero...Self.largest).contains(self) else { return nil }
    }

    /// The revision of a room as it was created.
    public static let zero = Revision(0)

    /// The last revision of a room, 2^53 − 1: the largest number that every reader of JSON reads as it was written.
    public static let largest = Revision((1 << 53) - 1)

    /// The revision that the next change leads to.
    public var next: Revision { advanced(by: 1) }

    /// The revision this many changes later.
    public func advanced(by count: Int) -> Revision {
        let (sum, isPastEnd) = rawValue.addingReportingOverflow(count)
        return Revision(isPastEnd ? (count < 0 ? .min : .max) : sum)
    }

    /// The number of changes from another revision to this one; negative when the other one is later.
    public func changes(since other: Revision) -> Int {
        let (difference, isPastEnd) = rawValue.subtractingReportingOverflow(other.rawValue)
        return isPastEnd ? (self < other ? .min : .max) : difference
    }

    public static func < (a: Revision, b: Revision) -> Bool {
        a.rawValue < b.rawValue
    }

    public var description: String { String(rawValue) }
}

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Sendable, Hashable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool {
        a.milliseconds < b.milliseconds
    }
}

public import CollabText

/// The newest text of a room, and the changes that led to it as far as they are still held.
public struct RoomHistory: Sendable {
    /// The newest revision.
    public private(set) var revision: Revision
    /// The text at ``revision``.
    public private(set) var text: TextBuffer
    /// The length of ``text`` in bytes of UTF-8.
    public private(set) var utf8Count: Int

    private var held: [Entry] = []
    private var firstHeld = 0
    private var heldUnits = 0
    private let limits: Limits

    /// A change that was made, and whose it is.
    public struct Entry: Sendable {
        /// Whose change it is.
        public let author: ClientID
        /// Made on the text before it.
        public let change: TextChange
        /// What it takes to take the change back.
        fileprivate let removed: [UInt16]

        /// What the entry costs, in code units: its texts, and what surrounds each of them.
        fileprivate let cost: Int

        fileprivate init(_ change: TextChange, by author: ClientID, over text: TextBuffer) {
            self.author = author
            self.change = change
            removed = change.removedUnits(of: text)
            cost = change.insertedCount + removed.count + 32 * (change.replacements.count + 1)
        }

        /// Stands where an entry was that is no longer held.
        fileprivate static let forgotten = Entry(.identity(length: 0), by: ClientID(""), over: TextBuffer())
    }

    /// How much of the past is held: whichever bound is reached first. The newest change is held in any case.
    public struct Limits: Sendable {
        /// The newest changes.
        public let changes: Int
        /// Inserted and deleted text, in UTF-16 code units.
        public let units: Int

        public init(changes: Int = 1_000, units: Int = 1 << 20) {
            self.changes = max(changes, 0)
            self.units = units
        }
    }

    /// A history that begins here: nothing before is held.
    public init(revision: Revision, text: TextBuffer, limits: Limits = Limits()) {
        self.revision = revision
        self.text = text
        self.limits = limits
        utf8Count = text.utf8Count
    }

    /// The changes made since a revision and their authors, oldest first; nil when one of them is no longer held, or the
    /// revision is not yet reached.
    public func entries(since base: Revision) -> ArraySlice<Entry>? {
        let oldest = revision.advanced(by: firstHeld - held.count)
        guard base >= oldest, base <= revision else { return nil }
        return held.suffix(revision.changes(since: base))
    }

    /// The changes made since a revision, oldest first; nil when ``entries(since:)`` is.
    public func changes(since base: Revision) -> [TextChange]? {
        entries(since: base).map { $0.map(\.change) }
    }

    /// The text at a revision; nil when it can no longer be told.
    public func text(at base: Revision) -> TextBuffer? {
        guard let entries = entries(since: base) else { return nil }
        return entries.reversed().reduce(into: text) { text, entry in
            text.apply(entry.change.inverted(restoring: entry.removed))
        }
    }

    /// Goes back through the texts, from one revision to an older one, or as far as they can be told. Costs a change for
    /// each of them, not a text.
    public func forEachText(
        from newest: Revision, downTo oldest: Revision, _ body: (Revision, TextBuffer) -> Void
    ) {
        guard var text = text(at: newest), newest >= oldest else { return }
        var revision = newest
        body(revision, text)
        for entry in held[firstHeld...].dropLast(self.revision.changes(since: newest)).reversed() {
            guard revision > oldest else { return }
            text.apply(entry.change.inverted(restoring: entry.removed))
            revision = revision.advanced(by: -1)
            body(revision, text)
        }
    }

    /// The length of the text at a revision, in UTF-16 code units; nil when it can no longer be told.
    public func length(at base: Revision) -> Int? {
        entries(since: base).map { $0.first?.change.baseLength ?? text.count }
    }

    /// The length that the text would have after a change of it, in bytes of UTF-8.
    public func utf8Count(applying change: TextChange) -> Int {
        utf8Count + Self.utf8Growth(of: change, removing: change.removedUnits(of: text))
    }

    /// What the text and the held changes take in memory, in bytes, roughly.
    public var footprint: Int { (text.count + heldUnits) * 2 }

    /// Makes a change to the text: the next revision. The change must be made on a text of this length, and the revision
    /// must not be the ``Revision/largest``.
    public mutating func commit(_ change: TextChange, by author: ClientID) {
        let entry = Entry(change, by: author, over: text)
        utf8Count += Self.utf8Growth(of: change, removing: entry.removed)
        text.apply(change)
        revision = revision.next
        held.append(entry)
        heldUnits += entry.cost
        forgetOldest()
    }

    private static func utf8Growth(of change: TextChange, removing removed: [UInt16]) -> Int {
        change.replacements.reduce(-TextBuffer.utf8Count(of: removed)) { $0 + TextBuffer.utf8Count(of: $1.insert) }
    }

    private mutating func forgetOldest() {
        // The newest one is always held: whoever writes while it is on its way must be understood.
        while held.count - firstHeld > limits.changes || (heldUnits > limits.units && firstHeld < held.count - 1) {
            heldUnits -= held[firstHeld].cost
            // Frees its texts at once: they may be large, and the array shrinks only now and then.
            held[firstHeld] = .forgotten
            firstHeld += 1
        }
        // Moving what is left costs as much as was forgotten since the last time: a constant for each change.
        if firstHeld > limits.changes / 2, firstHeld > held.count / 2 {
            held.removeFirst(firstHeld)
            firstHeld = 0
        }
    }
}

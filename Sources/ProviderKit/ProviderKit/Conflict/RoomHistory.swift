public import CollabText

/// The newest text of a room, and the changes that led to it as far as they are still held.
public struct RoomHistory: Sendable {
    /// The newest revision.
    public private(set) var revision: Revision
    /// The text at ``revision``.
    public private(set) var text: TextBuffer

    private var changes: [Step] = []
    private var firstHeld = 0
    private var heldUnits = 0
    private let limits: Limits

    /// A change, and what it takes to take it back.
    private struct Step: Sendable {
        let change: TextChange
        let removed: [UInt16]

        /// What the step costs, in code units: its texts, and what surrounds each of them.
        let cost: Int

        init(_ change: TextChange, over text: TextBuffer) {
            self.change = change
            removed = change.removedUnits(of: text)
            cost = change.insertedCount + removed.count + 32 * (change.replacements.count + 1)
        }

        /// Stands where a step was that is no longer held.
        static let forgotten = Step(.identity(length: 0), over: TextBuffer())
    }

    /// How much of the past is held: whichever bound is reached first.
    public struct Limits: Sendable {
        public let changes: Int
        /// Inserted and deleted text, in UTF-16 code units.
        public let units: Int

        public init(changes: Int = 1_000, units: Int = 1 << 20) {
            self.changes = changes
            self.units = units
        }
    }

    public init(revision: Revision, text: TextBuffer, limits: Limits = Limits()) {
        self.revision = revision
        self.text = text
        self.limits = limits
    }

    /// The changes made since a revision, oldest first; nil when one of them is no longer held, or the revision is not
    /// yet reached.
    public func changes(since base: Revision) -> [TextChange]? {
        steps(since: base).map { $0.map(\.change) }
    }

    /// The text at a revision; nil when it can no longer be told.
    public func text(at base: Revision) -> TextBuffer? {
        guard let steps = steps(since: base) else { return nil }
        return steps.reversed().reduce(into: text) { text, step in
            text.apply(step.change.inverted(restoring: step.removed))
        }
    }

    /// What the text and the held changes take in memory, in bytes, roughly.
    public var footprint: Int { (text.count + heldUnits) * 2 }

    /// Makes a change to the text: the next revision.
    public mutating func commit(_ change: TextChange) {
        let step = Step(change, over: text)
        text.apply(change)
        revision = revision.next
        changes.append(step)
        heldUnits += step.cost
        forgetOldest()
    }

    private func steps(since base: Revision) -> ArraySlice<Step>? {
        let oldest = revision.advanced(by: firstHeld - changes.count)
        guard base >= oldest, base <= revision else { return nil }
        return changes.suffix(revision.rawValue - base.rawValue)
    }

    private mutating func forgetOldest() {
        while changes.count - firstHeld > limits.changes || (heldUnits > limits.units && firstHeld < changes.count) {
            heldUnits -= changes[firstHeld].cost
            // Frees its texts at once: they may be large, and the array shrinks only now and then.
            changes[firstHeld] = .forgotten
            firstHeld += 1
        }
        // Moving what is left costs as much as was forgotten since the last time: a constant for each change.
        if firstHeld > limits.changes / 2, firstHeld > changes.count / 2 {
            changes.removeFirst(firstHeld)
            firstHeld = 0
        }
    }
}

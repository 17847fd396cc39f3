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

    /// A change, and the one that takes it back.
    private struct Step: Sendable {
        let change: TextChange
        let inverse: TextChange

        /// What the step costs, in code units.
        var cost: Int { change.insertedCount + inverse.insertedCount + 32 }
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
        return steps.reversed().reduce(into: text) { text, step in text.apply(step.inverse) }
    }

    /// Makes a change to the text: the next revision.
    public mutating func commit(_ change: TextChange) {
        let step = Step(change: change, inverse: change.inverted(over: text))
        text.apply(change)
        revision = revision.next
        changes.append(step)
        heldUnits += step.cost
        forgetOldest()
    }

    private func steps(since base: Revision) -> ArraySlice<Step>? {
        let missed = revision.rawValue - base.rawValue
        guard missed >= 0, missed <= changes.count - firstHeld else { return nil }
        return changes.suffix(missed)
    }

    private mutating func forgetOldest() {
        while changes.count - firstHeld > limits.changes || (heldUnits > limits.units && firstHeld < changes.count) {
            heldUnits -= changes[firstHeld].cost
            firstHeld += 1
        }
        // Moving what is left costs as much as was forgotten since the last time: a constant for each change.
        if firstHeld > limits.changes / 2, firstHeld > changes.count / 2 {
            changes.removeFirst(firstHeld)
            firstHeld = 0
        }
    }
}

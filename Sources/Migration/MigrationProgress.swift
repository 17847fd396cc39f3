/// How far a migration is, and what it has found so far.
package struct MigrationProgress: Sendable {
    /// What a migration is doing.
    package enum Phase: String, Sendable {
        /// Looking at what there is.
        case counting
        /// Copying rooms.
        case copying
        /// Comparing the two sides.
        case verifying
    }

    /// What is going on.
    package internal(set) var phase = Phase.counting
    /// How many rooms the source has, as far as they were counted.
    package internal(set) var total = 0
    /// How many of them this phase is through with.
    package internal(set) var done = 0
    /// Rooms that the target did not have.
    package internal(set) var copied = 0
    /// Rooms that the target had a part of.
    package internal(set) var continued = 0
    /// Rooms that the target had already.
    package internal(set) var alreadyThere = 0
    /// Changes that were written to the target.
    package internal(set) var changes = 0
    /// Bytes of texts and changes that were written to the target.
    package internal(set) var bytes = 0
    /// Rooms that were not copied, or not wholly.
    package internal(set) var failures = Findings<RoomFailure>()
    /// Rooms that were compared.
    package internal(set) var verified = 0
    /// Rooms that are not the same on both sides.
    package internal(set) var differences = Findings<RoomDifference>()

    package init() {}

    /// How much of this phase is done, from 0 to 1; nil while rooms are counted.
    package var fraction: Double? {
        guard phase != .counting else { return nil }
        return total == 0 ? 1 : min(1, Double(done) / Double(total))
    }

    /// How many rooms a second this phase does.
    ///
    /// - Parameter elapsed: how long it has been going on.
    package func roomsPerSecond(after elapsed: Duration) -> Double {
        elapsed > .zero ? Double(done) / (elapsed / .seconds(1)) : 0
    }

    /// How long this phase will go on, at its speed so far; nil as long as that cannot be told.
    ///
    /// - Parameter elapsed: how long it has been going on.
    package func timeLeft(after elapsed: Duration) -> Duration? {
        guard phase != .counting, done > 0 else { return nil }
        return elapsed * (Double(max(0, total - done)) / Double(done))
    }

    mutating func begin(_ phase: Phase) {
        self.phase = phase
        done = 0
        if phase == .counting { total = 0 }
    }

    mutating func add(_ outcome: RoomCopy.Outcome) {
        switch outcome {
        case .copied: copied += 1
        case .continued: continued += 1
        case .alreadyThere: alreadyThere += 1
        case .gone: break
        }
    }
}

import CollabText

/// Finds the difference of two short texts that is in the fewest places (Gotoh 1982).
///
/// A shortest difference may keep single units that both texts happen to have between two insertions. Here each insertion and
/// each deletion costs something by itself, so that what was typed in one piece is found in one piece.
struct TextAlignment {
    typealias Units = UnsafeBufferPointer<UInt16>

    /// The cost of an insertion or a deletion, beside one for each unit.
    private static let openingCost: Int32 = 4
    /// The cost that is added when one takes the place of the other.
    private static let replacementCost: Int32 = 4
    /// More than any difference costs.
    private static let unreachable = Int32.max / 2

    /// The way in which a cell was reached, for each of the three ways to stand in it.
    private struct Steps: OptionSet {
        let rawValue: UInt8
        /// The deletion goes on.
        static let goesOnDeleting = Steps(rawValue: 1)
        /// The insertion goes on.
        static let goesOnInserting = Steps(rawValue: 2)
        /// The insertion follows a deletion.
        static let insertsAfterDeletion = Steps(rawValue: 4)
        /// Before what is kept, something was deleted.
        static let keepsAfterDeletion = Steps(rawValue: 8)
        /// Before what is kept, something was inserted.
        static let keepsAfterInsertion = Steps(rawValue: 16)
    }

    /// The costs of the cheapest differences of two prefixes, by what these end with.
    private struct Costs {
        var kept: Int32
        var deleted: Int32
        var inserted: Int32

        static let unreachable = Costs(
            kept: TextAlignment.unreachable, deleted: TextAlignment.unreachable, inserted: TextAlignment.unreachable)

        init(kept: Int32, deleted: Int32, inserted: Int32) {
            (self.kept, self.deleted, self.inserted) = (kept, deleted, inserted)
        }

        /// The costs of a cell, from those around it. `diagonal` is unreachable when the two units differ.
        @inline(__always)
        init(above: Costs, left: Costs, diagonal: Costs, _ step: inout Steps) {
            let opening = TextAlignment.openingCost + 1
            // A deletion comes from above, and never follows an insertion.
            deleted = above.kept + opening
            if above.deleted + 1 < deleted {
                deleted = above.deleted + 1
                step.insert(.goesOnDeleting)
            }
            inserted = left.kept + opening
            if left.deleted + opening + TextAlignment.replacementCost < inserted {
                inserted = left.deleted + opening + TextAlignment.replacementCost
                step.insert(.insertsAfterDeletion)
            }
            if left.inserted + 1 <= inserted {
                inserted = left.inserted + 1
                step.remove(.insertsAfterDeletion)
                step.insert(.goesOnInserting)
            }
            kept = diagonal.kept
            if diagonal.deleted < kept {
                kept = diagonal.deleted
                step.insert(.keepsAfterDeletion)
            }
            if diagonal.inserted < kept {
                kept = diagonal.inserted
                step.remove(.keepsAfterDeletion)
                step.insert(.keepsAfterInsertion)
            }
            deleted = min(deleted, TextAlignment.unreachable)
            inserted = min(inserted, TextAlignment.unreachable)
        }
    }

    private enum State { case kept, deleted, inserted }

    private let old: Units
    private let new: Units
    private let width: Int
    private var steps: [UInt8]
    private var end = State.kept

    /// Units that stand in both texts.
    private struct Run {
        var old: Int
        var new: Int
        var count: Int
    }

    /// The change that leads from one text to the other in the fewest places, roughly.
    ///
    /// - Parameter cells: how many pairs of code units may be compared, about two nanoseconds and one byte of memory for each.
    ///   Those that were are taken away; texts that need more are compared as `TextChange.difference` does.
    static func difference(from old: TextBuffer, to new: TextBuffer, cells: inout Int) -> TextChange {
        guard let span = TextChange.replacement(of: old, with: new).replacements.first else {
            return .identity(length: old.count)
        }
        let needed = (span.range.count + 1).multipliedReportingOverflow(by: span.insert.count + 1)
        guard !span.range.isEmpty, !span.insert.isEmpty, !needed.overflow, needed.partialValue <= cells else {
            return .difference(from: old, to: new)
        }
        cells -= needed.partialValue
        let replacements = replacements(of: old[span.range], with: span.insert, at: span.range.lowerBound)
        return (try? TextChange(baseLength: old.count, replacements: replacements)) ?? .difference(from: old, to: new)
    }

    private static func replacements(
        of old: [UInt16], with new: [UInt16], at start: Int
    ) -> [TextChange.Replacement] {
        var replacements: [TextChange.Replacement] = []
        var (i, j) = (0, 0)
        for run in runs(in: old, and: new) + [Run(old: old.count, new: new.count, count: 0)] {
            replacements.append(.init((start + i)..<(start + run.old), insert: Array(new[j..<run.new])))
            (i, j) = (run.old + run.count, run.new + run.count)
        }
        return replacements
    }

    /// The runs that two texts have in common, from left to right. None takes half a surrogate pair.
    private static func runs(in old: [UInt16], and new: [UInt16]) -> [Run] {
        let runs = old.withUnsafeBufferPointer { old in
            new.withUnsafeBufferPointer { new in
                var alignment = TextAlignment(old, new)
                alignment.fill()
                return alignment.wayBack()
            }
        }
        return runs.filter { run in
            !UTF16.isTrailSurrogate(old[run.old]) && !UTF16.isLeadSurrogate(old[run.old + run.count - 1])
        }
    }

    private init(_ old: Units, _ new: Units) {
        self.old = old
        self.new = new
        width = new.count + 1
        steps = [UInt8](repeating: 0, count: (old.count + 1) * (new.count + 1))
    }

    /// Finds out for each pair of prefixes how the cheapest difference of them ends.
    private mutating func fill() {
        let (old, new, width) = (old, new, width)
        // The row before, and from its beginning on the one that takes its place.
        let row = UnsafeMutableBufferPointer<Costs>.allocate(capacity: width)
        defer { row.deallocate() }
        row.initialize(repeating: .unreachable)
        row[0].kept = 0
        for j in 1..<width { row[j].inserted = Self.openingCost + Int32(truncatingIfNeeded: j) }
        steps.withUnsafeMutableBufferPointer { steps in
            for j in 1..<width where j > 1 { steps[j] = Steps.goesOnInserting.rawValue }
            for i in 0..<old.count {
                var (left, diagonal) = (Costs.unreachable, Costs.unreachable)
                for j in 0..<width {
                    let isKept = j > 0 && old[i] == new[j - 1]
                    let above = row[j]
                    var step: Steps = []
                    left = Costs(above: above, left: left, diagonal: isKept ? diagonal : .unreachable, &step)
                    row[j] = left
                    steps[(i + 1) * width + j] = step.rawValue
                    diagonal = above
                }
            }
        }
        let last = row[width - 1]
        if last.deleted < min(last.kept, last.inserted) {
            end = .deleted
        } else if last.inserted < last.kept {
            end = .inserted
        }
    }

    private func wayBack() -> [Run] {
        var runs: [Run] = []
        var (i, j, state) = (old.count, new.count, end)
        while i > 0 || j > 0 {
            let step = Steps(rawValue: steps[i * width + j])
            switch state {
            case .deleted:
                state = step.contains(.goesOnDeleting) ? .deleted : .kept
                i -= 1
            case .inserted:
                if !step.contains(.goesOnInserting) {
                    state = step.contains(.insertsAfterDeletion) ? .deleted : .kept
                }
                j -= 1
            case .kept:
                (i, j) = (i - 1, j - 1)
                if let last = runs.last, last.old == i + 1, last.new == j + 1 {
                    runs[runs.count - 1] = .init(old: i, new: j, count: last.count + 1)
                } else {
                    runs.append(.init(old: i, new: j, count: 1))
                }
                if step.contains(.keepsAfterDeletion) {
                    state = .deleted
                } else if step.contains(.keepsAfterInsertion) {
                    state = .inserted
                }
            }
        }
        return runs.reversed()
    }
}

/// Puts a change together from left to right: units kept, units deleted, units inserted.
///
/// What touches becomes one replacement, so the outcome is always in normal form.
struct TextChangeBuilder {
    private var replacements: [TextChange.Replacement] = []
    private var position = 0
    private var deleted = 0
    private var inserted: [UInt16] = []

    mutating func retain(_ count: Int) {
        guard count > 0 else { return }
        closeReplacement()
        position += count
    }

    mutating func delete(_ count: Int) {
        deleted += count
    }

    mutating func insert(_ units: ArraySlice<UInt16>) {
        inserted.append(contentsOf: units)
    }

    mutating func finish() -> TextChange {
        closeReplacement()
        return TextChange(baseLength: position, normalized: replacements)
    }

    private mutating func closeReplacement() {
        guard deleted > 0 || !inserted.isEmpty else { return }
        replacements.append(.init(position..<(position + deleted), insert: inserted))
        position += deleted
        deleted = 0
        inserted = []
    }
}

/// Reads a change from left to right as units kept, deleted and inserted; an insertion comes before what it replaces.
struct TextChangeReader {
    enum Step {
        case retain(Int)
        case delete(Int)
        case insert(ArraySlice<UInt16>)
    }

    private let change: TextChange
    private var next = 0
    private var position = 0
    private var pending: Step?

    init(_ change: TextChange) {
        self.change = change
    }

    /// What comes next, without taking it; nil at the end.
    mutating func peek() -> Step? {
        if pending == nil { pending = advance() }
        return pending
    }

    /// Takes `count` units of the step that ``peek()`` showed, or all of it.
    mutating func take(_ count: Int? = nil) {
        guard let step = pending, let count else {
            pending = nil
            return
        }
        pending =
            switch step {
            case .retain(let length): length > count ? .retain(length - count) : nil
            case .delete(let length): length > count ? .delete(length - count) : nil
            case .insert(let units): units.count > count ? .insert(units.dropFirst(count)) : nil
            }
    }

    private var hasInserted = false

    private mutating func advance() -> Step? {
        guard next < change.replacements.count else {
            defer { position = change.baseLength }
            return position < change.baseLength ? .retain(change.baseLength - position) : nil
        }
        let replacement = change.replacements[next]
        if position < replacement.range.lowerBound {
            defer { position = replacement.range.lowerBound }
            return .retain(replacement.range.lowerBound - position)
        }
        if !hasInserted, !replacement.insert.isEmpty {
            hasInserted = true
            if replacement.range.isEmpty { goToNext() }
            return .insert(replacement.insert[...])
        }
        defer { goToNext() }
        position = replacement.range.upperBound
        return .delete(replacement.range.count)
    }

    private mutating func goToNext() {
        next += 1
        hasInserted = false
    }
}

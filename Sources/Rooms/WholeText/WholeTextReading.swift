import CollabText
import ProviderKit

/// What a client typed that sent a whole text.
struct WholeTextReading: Sendable {
    /// The text that it had before it, and how that was found.
    let match: BaseSearch.Match
    /// The client's text in the room's form.
    let result: TextBuffer
    /// A change of the room's text at the revision of the match.
    let change: TextChange
    /// What was typed, as a change of the match's text in the room's form.
    private let typed: TextChange
    /// From the match's text to the room's text at the revision of the match; nil when they are the same.
    private let forth: TextChange?

    /// How many changes of others are put together to tell what the client has not seen.
    private static let longestCatchUp = 256

    /// - Returns: nil when what was typed is no change of the room's text.
    init?(_ match: BaseSearch.Match, _ text: TextBuffer, convertsLineEnds: Bool) {
        guard
            let typed = match.formed.unformed(
                match.typing, source: match.source, convertsLineEnds: convertsLineEnds)
        else { return nil }
        self.match = match
        self.typed = typed
        let isVerbatim = match.formed.tokens.isEmpty && !convertsLineEnds
        result = isVerbatim ? text : match.source.applying(typed)
        forth = match.forth
        change = forth.map { typed.transformed(over: $0) } ?? typed
    }

    /// Whether the client typed nothing.
    var isEcho: Bool { match.effort == 0 }

    /// Whether the client goes on from a text that was refused.
    var goesOnFromRefused: Bool { match.own?.isRefused ?? false }

    /// What leads from the room's newest text, in which the change is, to the client's; nil when the two are the same.
    func unseen(in history: RoomHistory) -> TextChange? {
        if result == history.text { return nil }
        let entries = history.entries(since: match.revision) ?? []
        if entries.count <= Self.longestCatchUp {
            // The last one is what the client typed, if it is in at all.
            for others in [entries.dropLast(), entries] {
                let unseen = others.reduce(forth ?? .identity(length: match.source.count)) {
                    $0.composed(with: $1.change)
                }
                let moved = unseen.transformed(over: typed, side: .left)
                if result.applying(moved) == history.text { return moved.inverted(over: result) }
            }
        }
        return TextChange.difference(from: history.text, to: result)
    }
}

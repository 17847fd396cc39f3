import CollabText
import ProviderKit

/// The typing of a client that sent a whole text.
struct WholeTextReading: Sendable {
    /// The text that it had before it, and how that was found.
    let match: BaseSearch.Match
    /// The client's text in the room's form.
    let result: TextBuffer
    /// A change of the room's text at the revision of the match.
    let change: TextChange
    /// The typing as a change of the match's text in the room's form.
    private let typed: TextChange
    /// The number of changes of others that are put together to tell what the client has not seen.
    private static let longestCatchUp = 256

    /// - Returns: nil when what was typed is no change of the room's text.
    init?(_ match: BaseSearch.Match, _ text: TextBuffer, convertsLineEnds: Bool) {
        guard
            let typed = match.base.formed.unformed(
                match.typing, source: match.base.source, convertsLineEnds: convertsLineEnds)
        else { return nil }
        self.match = match
        self.typed = typed
        let isVerbatim = match.base.formed.tokens.isEmpty && !convertsLineEnds
        result = isVerbatim ? text : match.base.source.applying(typed)
        change = match.base.forth.map { typed.transformed(over: $0) } ?? typed
    }

    /// Whether the client typed nothing.
    var isEcho: Bool { match.effort == 0 }

    /// Whether the client goes on from a text that was refused.
    var goesOnFromRefused: Bool { match.base.own?.isRefused ?? false }

    /// The change that leads from the room's newest text, in which the typing is, to the client's; nil when the two are the
    /// same.
    func unseen(in history: RoomHistory) -> TextChange? {
        if result == history.text { return nil }
        let entries = history.entries(since: match.base.revision) ?? []
        if entries.count <= Self.longestCatchUp {
            // The last one is what the client typed, if it is in at all.
            for others in [entries.dropLast(), entries] {
                let unseen = others.reduce(match.base.forth ?? .identity(length: match.base.source.count)) {
                    $0.composed(with: $1.change)
                }
                let moved = unseen.transformed(over: typed, side: .left)
                if result.applying(moved) == history.text { return moved.inverted(over: result) }
            }
        }
        return TextChange.difference(from: history.text, to: result)
    }
}

import CollabText
import ProviderKit

/// What a member that sends whole texts may have on its screen when it writes: what it wrote last, or what it was sent
/// since. Needed to tell what it changed.
struct Screen: Sendable {
    /// The revision that the member was shown when it came in.
    var shown: Revision
    /// The newest text that the member wrote itself.
    var own: OwnText?
    /// A text of the member's that was not taken, and the revision that it was shown instead.
    var overruled: Overruled?

    /// A text that a member wrote.
    struct OwnText: Sendable {
        /// The newest revision that the member had read when it wrote it.
        let base: Revision
        /// What it became.
        let revision: Revision
        /// How it got there, when it was merged with what others did: from the member's text to the one at `revision`.
        let merge: Merge?
    }

    struct Merge: Sendable {
        /// From the member's text to the room's.
        let forth: TextChange
        /// And back.
        let back: TextChange

        init(of text: TextBuffer, into result: TextBuffer) {
            forth = TextChange.difference(from: text, to: result)
            back = forth.inverted(over: text)
        }
    }

    struct Overruled: Sendable {
        let text: TextBuffer
        let revision: Revision
    }

    init(shown: Revision) {
        self.shown = shown
    }

    /// Notes a text that was taken, or stood already.
    ///
    /// - Parameter read: the newest revision that the member had read when it wrote.
    mutating func didWrite(hadRead read: Revision, at revision: Revision, merge: Merge? = nil) {
        own = OwnText(base: read, revision: revision, merge: merge)
        overruled = nil
    }
}

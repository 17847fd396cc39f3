package import CollabText
package import Wire

extension PairloomClient {
    /// The text as the user sees it, with every local edit in it.
    package var text: TextBuffer { replica.text }

    /// The newest revision of the room that is known here.
    package var revision: Int { replica.revision }

    /// Everything up to this revision is in the store for good.
    package var savedRevision: Int { replica.savedRevision }

    /// Everyone in the room, with cursors as positions in ``text``.
    package var members: [MemberPresence] { replica.members }

    /// Waits until the server has acknowledged every edit that was made here.
    package func waitUntilIdle() async throws {
        try await wait { $0.isIdle }
    }

    /// Waits until a revision is known here.
    package func waitUntil(revision: Int) async throws {
        try await wait { $0.revision >= revision }
    }

    /// Waits until everything up to a revision is in the store for good.
    package func waitUntilSaved(revision: Int) async throws {
        try await wait { $0.savedRevision >= revision }
    }
}

import CollabText
import PairloomClient

/// One who types in a room whose server may die, and who notes what became of each edit.
///
/// Each edit has a marker of its own, see ``ConvergenceEdit``.
final class CrashTypist: Sendable {
    let client: PairloomClient
    private let diary: Diary<CrashNotes>

    /// Enters a room.
    static func join(_ room: String, of server: ServerProcess) async throws -> CrashTypist {
        let diary = Diary(CrashNotes()) { $0.note($1, $2) }
        return CrashTypist(try await diary.join(room, of: server), diary)
    }

    private init(_ client: PairloomClient, _ diary: Diary<CrashNotes>) {
        self.client = client
        self.diary = diary
    }

    /// What the typist knows.
    var notes: CrashNotes { diary.notes }

    /// Types once, whether there is a server or not.
    func type(_ edit: ConvergenceEdit) async throws {
        try await client.edit { [diary] text in
            diary.change { $0.unanswered.append(edit.marker) }
            return try edit.change(of: text)
        }
    }

    /// Draws the line under a server that is dead; nothing more is heard of it.
    func closeChapter() {
        diary.change { $0.closeChapter() }
    }
}

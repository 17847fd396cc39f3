import CollabText
import ConflictLastWriteWins
import ProviderKit
import Rooms
import Testing

@Suite struct RoomStateTests {
    private let author = ClientID("author")
    private let now = Timestamp(milliseconds: 5_000)

    private func state(_ text: String, changes: [[UInt8]] = [], members: Int = 2) throws -> RoomState {
        let record = RoomRecord(id: RoomID("r"), language: "swift", createdAt: Timestamp(milliseconds: 1))
        let stored = StoredRoom(
            record: record, updatedAt: record.createdAt, snapshot: Snapshot(revision: .zero, text: text),
            changes: PayloadRun(changes))
        return try RoomState(
            stored: stored, policy: NamedPolicy("last-write-wins", LastWriteWinsPolicy()),
            limits: RoomLimits(members: members))
    }

    private func edit(_ text: String) -> Submission {
        Submission(content: .text(TextBuffer(text)), base: .unknown)
    }

    @Test func anEditMakesTheNextRevision() throws {
        var state = try state("let a = 1")
        guard case .committed(let change, let authorHasText) = state.receive(edit("let a = 12"), from: author, at: now)
        else {
            Issue.record("the edit was not taken")
            return
        }
        #expect(change.revision == Revision(1))
        #expect(change.author == author)
        #expect(change.change.replacements == [.init(9..<9, insert: Array("2".utf16))])
        #expect(authorHasText)
        #expect(state.text == "let a = 12")
        #expect(state.updatedAt == now)
    }

    @Test func anEditThatChangesNothingMakesNoRevision() throws {
        var state = try state("same")
        guard case .unchanged = state.receive(edit("same"), from: author, at: now) else {
            Issue.record("an echo made a revision")
            return
        }
        #expect(state.revision == .zero)
    }

    @Test func theLogTellsTheText() throws {
        var state = try state("")
        var changes: [[UInt8]] = []
        for text in ["h", "he", "héllo 👩‍💻", "bye\r\n", ""] {
            if case .committed(let change, _) = state.receive(edit(text), from: author, at: now) {
                changes.append(change.payload)
                #expect(try self.state("", changes: changes).text == TextBuffer(text))
            }
        }
        #expect(changes.count == 5)
        #expect(try self.state("", changes: changes).revision == Revision(5))
    }

    @Test func aLogThatDoesNotFitTheTextIsCorrupted() throws {
        let change = TextChange.difference(from: "", to: "a")
        let payload = RoomChange(revision: Revision(1), author: author, at: now, change: change).payload
        let error = #expect(throws: RoomError.self) { try state("another text", changes: [payload]) }
        #expect(error?.code == .corrupted)
    }

    @Test(arguments: [[], [1], [9, 9, 9], [1, 0, 255], [2, 0, 1, 97, 9], Array(repeating: UInt8(255), count: 40)])
    func bytesThatAreNoEntryAreCorrupted(payload: [UInt8]) throws {
        let error = #expect(throws: RoomError.self) {
            try state("", changes: [payload])
        }
        #expect(error?.code == .corrupted)
    }

    @Test func aFullRoomLetsNobodyElseIn() throws {
        var state = try state("", members: 2)
        _ = try state.join(ClientID("a"))
        _ = try state.join(ClientID("b"))
        do {
            _ = try state.join(ClientID("c"))
            Issue.record("a third member came in")
        } catch {
            #expect(error.code == .full)
        }
        state.leave(ClientID("a"))
        _ = try state.join(ClientID("c"))
        #expect(state.memberCount == 2)
    }

    @Test func snapshotsAreOfSavedRevisionsAlone() throws {
        var state = try state("")
        _ = state.receive(edit("a"), from: author, at: now)
        _ = state.receive(edit("ab"), from: author, at: now)
        _ = state.receive(edit("abc"), from: author, at: now)
        let early = state.takeSnapshot(every: 1)
        state.didSave(through: Revision(2))
        let notYet = state.takeSnapshot(every: 3)
        let due = state.takeSnapshot(every: 2)
        let again = state.takeSnapshot(every: 1)
        #expect(early == nil && notYet == nil)
        #expect(due?.stored == Snapshot(revision: Revision(2), text: "ab"))
        #expect(again == nil, "the same snapshot is not taken twice")
    }
}

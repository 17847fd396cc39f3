import CollabText
import ConflictLastWriteWins
import ConflictMerge
import ConflictVersionChecked
import ProviderKit
import Rooms
import TestSupport
import Testing

/// Numbers from outside that no room can mean: none of them ends the process, and all are answered.
@Suite struct ExtremeNumberTests {
    static let numbers = [
        Int.min, Int.min + 1, -Revision.largest.rawValue, -1, 0, 1, 2, 3, 1 << 31, 1 << 32, Revision.largest.rawValue,
        Revision.largest.rawValue + 1, Int.max - 1, Int.max,
    ]
    static let policies: [any ConflictPolicy] = [MergePolicy(), VersionCheckedPolicy(), LastWriteWinsPolicy()]

    // MARK: What members say

    @Test(arguments: policies) func aRevisionMayBeAnyNumber(policy: any ConflictPolicy) throws {
        for number in Self.numbers {
            var table = try Table("text", policy: policy, members: "ada", "bob")
            for text in ["text", "text of ada", "text of ada", "another"] {
                table.write(text, by: "ada", on: number)
                table.write(text + "!", by: "bob", from: number, upTo: number, hasUnread: true)
                table.change([(0..<0, "x")], on: number, id: "a\(table.state.revision)", by: "ada")
                table.change([], on: number, id: "b\(table.state.revision)", by: "bob")
            }
            _ = try? table.state.place(0, at: Revision(number), of: ClientID("ada"))
            table.state.leave(ClientID("bob"))
            _ = try table.state.join(ClientID("bob"), resumingAt: Revision(number))
            table.state.didSave(through: Revision(number))
            _ = table.state.takeSnapshot(every: 1)
            #expect(table.write("the end", by: "bob", on: table.state.revision.rawValue).refusal == nil)
            #expect(table.text == "the end", "\(number)")
        }
    }

    @Test(arguments: policies) func aPositionMayBeAnyNumber(policy: any ConflictPolicy) throws {
        for (from, to) in Self.numbers.flatMap({ from in Self.numbers.map { (from, $0) } }) where from <= to {
            var table = try Table("a😀b", policy: policy, members: "ada", "bob")
            table.change([(0..<0, "x")], on: 0, by: "bob")
            for revision in 0...1 { table.change([(from..<to, "y")], on: revision, by: "ada") }
            let selection = Rooms.PresenceUpdate.SelectionUpdate.at(Selection(anchor: from, head: to), Revision(1))
            let update = Rooms.PresenceUpdate(name: nil, color: nil, selection: selection)
            _ = try? table.state.receive(update, from: ClientID("ada"))
            _ = table.state.memberDescriptions
            for revision in [nil, Revision.zero, Revision(1)] {
                let place = try? table.state.place(from, at: revision, of: ClientID("ada"))
                #expect(place?.position.map { (0...table.state.text.count).contains($0) } ?? true)
            }
        }
    }

    // MARK: What a store says

    private static let record = RoomRecord(
        id: RoomID("r"), language: "swift", createdAt: Timestamp(milliseconds: .min))

    private static func payload(_ text: String, at time: Int64 = 0) -> [UInt8] {
        RoomChange(
            revision: .zero, author: ClientID("ada"), id: EditID("1"), at: Timestamp(milliseconds: time),
            change: .difference(from: "", to: TextBuffer(text))
        ).payload
    }

    private static func state(
        at revision: Int, changes: [[UInt8]] = [], earlier: [LogEntry] = [],
        policy: any ConflictPolicy = MergePolicy()
    ) throws -> RoomState {
        let stored = StoredRoom(
            record: record, updatedAt: Timestamp(milliseconds: .max),
            snapshot: Snapshot(revision: Revision(revision), text: ""), changes: PayloadRun(changes))
        return try RoomState(
            stored: stored, earlier: earlier, policy: NamedPolicy("a policy", policy), limits: RoomLimits())
    }

    @Test(arguments: numbers) func aRoomIsAtARevisionThatCanBeOrIsCorrupted(number: Int) throws {
        for changes in [[], [Self.payload("x")]] {
            let isPossible = number >= 0 && number <= Revision.largest.rawValue - changes.count
            do {
                #expect(try Self.state(at: number, changes: changes).revision.rawValue == number + changes.count)
                #expect(isPossible)
            } catch let error as RoomError {
                #expect(error.code == .corrupted && !isPossible)
                #expect(error.message.contains("which cannot be"))
            }
        }
    }

    @Test(arguments: policies) func aRoomAtTheLastRevisionIsReadAndTakesNoMore(policy: any ConflictPolicy) throws {
        var state = try Self.state(at: Revision.largest.rawValue - 1, policy: policy)
        _ = try state.join(ClientID("ada"))
        func receive(_ content: Submission.Content, named id: String) -> EditOutcome {
            state.receive(
                Submission(id: EditID(id), content: content, base: .revision(state.revision)), from: ClientID("ada"),
                at: Timestamp(milliseconds: 1))
        }
        #expect(receive(.text("x"), named: "1").revision == Revision.largest.rawValue)
        #expect(receive(.text("x"), named: "2").isUnchanged)
        let contents: [Submission.Content] = [.text("xy"), .changes([.init(0..<0, insert: [0x79])])]
        for content in contents {
            let refusal = try #require(receive(content, named: "3").refusal)
            #expect(refusal.reason == .tooLarge)
            #expect(refusal.detail == "the room is at revision 9007199254740991, the last that there is")
        }
        guard case .repeated(.largest) = receive(.text("x"), named: "1") else {
            Issue.record("an edit that was taken is not known")
            return
        }
        state.didSave(through: .largest)
        #expect(state.takeSnapshot(every: 1)?.revision == .largest)
        #expect(state.text == "x")
        #expect(try state.join(ClientID("bob"), resumingAt: .largest).revision == .largest)
    }

    @Test(arguments: numbers) func namesOfEditsThatNeverWereAreNotKnown(number: Int) throws {
        let entry = LogEntry(revision: Revision(number), payload: Self.payload("x"))
        var state = try Self.state(at: 2, earlier: [entry])
        _ = try state.join(ClientID("ada"), resumingAt: .zero)
        let edit = Submission(id: EditID("1"), content: .text("y"), base: .newest)
        let outcome = state.receive(edit, from: ClientID("ada"), at: Timestamp(milliseconds: 1))
        if case .repeated(let revision) = outcome { #expect((0...2).contains(revision.rawValue)) }
    }

    @Test(arguments: [Int64.min, -1, 0, 1, Int64.max]) func whateverTheClockSaysAChangeCanBeRead(time: Int64) throws {
        let entry = LogEntry(revision: Revision(1), payload: Self.payload("x", at: time))
        let change = try RoomChange(entry: entry, of: RoomID("r"))
        #expect(change.at == Timestamp(milliseconds: max(time, 0)))
        #expect(change.id == EditID("1"))
        #expect(try Self.state(at: 0, changes: [entry.payload]).text == "x")
    }

    @Test func damagedEntriesAreReadOrRefused() throws {
        var random = SeededGenerator()
        func next(below end: Int) -> Int { .random(in: 0..<end, using: &random) }
        let good = Self.payload("some text, and 😀")
        let ends: [[UInt8]] = [
            [0x7F], [0x80, 0x80, 0x04], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ]
        for _ in 0..<20_000 {
            var bytes = good
            for _ in 0...next(below: 3) {
                let place = next(below: bytes.count)
                switch next(below: 4) {
                case 0: bytes[place] = UInt8(next(below: 256))
                case 1: bytes.replaceSubrange(place...place, with: ends[next(below: ends.count)])
                case 2: bytes.insert(contentsOf: ends[next(below: ends.count)], at: place)
                default: bytes.removeSubrange(place..<bytes.count - 1)
                }
            }
            do {
                let read = try Self.state(at: 0, changes: [bytes])
                #expect(read.text.count <= bytes.count, "seed \(random.seed)")
            } catch let error as RoomError {
                #expect(error.code == .corrupted, "seed \(random.seed): \(error)")
            }
        }
    }

    // MARK: What a policy says

    /// Answers with changes of any text.
    private struct OddPolicy: ConflictPolicy {
        let change: TextChange
        var staleEdits: StaleEdits { .transform }

        func resolve(_ edit: ProposedEdit, against history: RoomHistory) -> Resolution { .apply(change) }
    }

    @Test(arguments: [0, 1, 3, 5, 1 << 40, Int.max / 4]) func aChangeOfAnotherTextIsNotMade(length: Int) throws {
        let replacements: [TextChange.Replacement] = [
            .init(0..<0, insert: [0x79]), .init(length..<length, insert: [0x7A]),
        ]
        let odd = try TextChange(baseLength: length, replacements: replacements)
        var table = try Table("text", policy: OddPolicy(change: odd), members: "ada")
        let refusals = [
            table.write("other", by: "ada", on: 0).refusal, table.write("other", by: "ada").refusal,
            table.change([(0..<1, "x")], on: 0, id: "1", by: "ada").refusal,
        ]
        for refusal in refusals {
            #expect(refusal?.reason == .invalid)
            #expect(refusal?.detail == "the conflict policy answered with a change of another text")
        }
        #expect(table.text == "text" && table.state.revision == .zero)
    }
}

import CollabText
import ProviderKit
import Testing

@Suite struct RoomHistoryTests {
    @Test func itBeginsWithItsTextAndNoChanges() {
        let history = RoomHistory(revision: Revision(7), text: "text")
        #expect(history.revision == Revision(7))
        #expect(history.text == "text")
        #expect(history.changes(since: Revision(7)) == [])
        #expect(history.text(at: Revision(7)) == "text")
    }

    @Test func aCommitMakesTheNextRevision() throws {
        var history = RoomHistory(revision: Revision(7), text: "ab")
        let change = try change(2, 1..<1, "-")
        history.commit(change, by: ClientID("ada"))
        #expect(history.revision == Revision(8))
        #expect(history.text == "a-b")
        #expect(history.changes(since: Revision(7)) == [change])
    }

    @Test func everyTextThatWasCanBeTold() {
        let (history, texts) = typed(["a", "ab", "", "hello 😀", "hell"])
        for (revision, text) in texts.enumerated() {
            #expect(history.text(at: Revision(revision)) == text)
        }
    }

    @Test func theChangesSinceARevisionLeadToTheNewestText() throws {
        let (history, texts) = typed(["a", "ab", "", "hello", "hell"])
        for (revision, text) in texts.enumerated() {
            let changes = try #require(history.changes(since: Revision(revision)))
            #expect(changes.count == texts.count - 1 - revision)
            #expect(changes.reduce(text) { $0.applying($1) } == history.text)
        }
    }

    @Test(arguments: [-1, 6, Int.min, Int.max])
    func aRevisionThatNeverWasIsUnknown(revision: Int) {
        let (history, _) = typed(["a", "b", "c", "d", "e"])
        #expect(history.changes(since: Revision(revision)) == nil)
        #expect(history.text(at: Revision(revision)) == nil)
    }

    @Test func whatWasBeforeItBeganIsUnknown() throws {
        var history = RoomHistory(revision: Revision(7), text: "")
        history.commit(try change(0, 0..<0, "x"), by: ClientID("ada"))
        #expect(history.changes(since: Revision(7))?.count == 1)
        #expect(history.changes(since: Revision(6)) == nil)
        #expect(history.text(at: Revision(6)) == nil)
    }

    @Test func noMoreChangesAreHeldThanTheLimit() throws {
        var history = RoomHistory(revision: .zero, text: "", limits: .init(changes: 3))
        for count in 0..<50 {
            history.commit(try change(count, count..<count, "x"), by: ClientID("ada"))
            let oldest = max(0, history.revision.rawValue - 3)
            #expect(history.changes(since: Revision(oldest))?.count == min(3, count + 1))
            #expect(history.text(at: Revision(oldest))?.count == oldest)
            #expect(history.changes(since: Revision(oldest - 1)) == nil)
        }
    }

    @Test(arguments: [Int.min, -1, 0, Int.max]) func anyLimitHoldsWhatItCan(limit: Int) throws {
        var history = RoomHistory(revision: .zero, text: "", limits: .init(changes: limit, units: limit))
        for count in 0..<20 { history.commit(try change(count, 0..<0, "x"), by: ClientID("ada")) }
        #expect(history.text.count == 20)
        #expect(history.changes(since: .zero)?.count == (limit == .max ? 20 : nil))
    }

    @Test func noMoreTextIsHeldThanTheLimit() throws {
        var history = RoomHistory(revision: .zero, text: "", limits: .init(units: 1_000))
        let block = String(repeating: "x", count: 300)
        for count in 0..<10 { history.commit(try change(count * 300, 0..<0, block), by: ClientID("ada")) }
        #expect(history.changes(since: Revision(8))?.count == 2)
        #expect(history.changes(since: Revision(5)) == nil)
    }

    @Test func theNewestChangeIsHeldHoweverLargeItIs() throws {
        var history = RoomHistory(revision: .zero, text: "", limits: .init(units: 100))
        for count in 0..<2 {
            history.commit(
                try change(count * 101, 0..<0, String(repeating: "x", count: 101)), by: ClientID("ada"))
        }
        #expect(history.text.count == 202)
        #expect(history.changes(since: .zero) == nil)
        #expect(history.changes(since: Revision(1))?.count == 1)
        #expect(history.text(at: Revision(1))?.count == 101)
    }

    @Test func aCopyKeepsItsPast() throws {
        let (history, _) = typed(["a", "ab"])
        var other = history
        other.commit(try change(2, 0..<2, ""), by: ClientID("ada"))
        #expect(history.revision == Revision(2))
        #expect(history.text == "ab")
        #expect(other.text(at: Revision(2)) == "ab")
    }

    /// A history of these texts after an empty one, and all of them.
    private func typed(_ texts: [TextBuffer]) -> (history: RoomHistory, texts: [TextBuffer]) {
        var history = RoomHistory(revision: .zero, text: "")
        for text in texts { history.commit(.difference(from: history.text, to: text), by: ClientID("ada")) }
        return (history, [""] + texts)
    }

    private func change(_ length: Int, _ range: Range<Int>, _ insert: String) throws -> TextChange {
        try TextChange(baseLength: length, replacements: [.init(range, insert: Array(insert.utf16))])
    }
}

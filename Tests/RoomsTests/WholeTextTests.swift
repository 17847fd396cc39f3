import ConflictMerge
import ConflictVersionChecked
import ProviderKit
import Rooms
import Testing

/// What becomes of whole texts whose authors do not say what they were made on.
@Suite struct WholeTextTests {
    @Test func twoTextareasKeepBothPeoplesTyping() throws {
        var table = try Table("let a = 1\n", policy: MergePolicy(), members: "ada", "bob")
        #expect(!table.write("let a = 10\n", by: "ada").needsText)
        #expect(table.write("let a = 1\nlet b = 2\n", by: "bob", upTo: 0).needsText)
        #expect(table.text == "let a = 10\nlet b = 2\n")
    }

    @Test func whoseTextWasMergedGoesOnFromItsOwn() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        table.write("A", by: "ada")
        table.write("b", by: "bob", upTo: 0)
        #expect(table.text == "Ab")
        // Bob has read neither Ada's text nor the merged one, and types on.
        for typed in ["bo", "bob", "bob was", "bob was here"] {
            #expect(table.write(typed, by: "bob", upTo: 0).needsText)
        }
        #expect(table.text == "Abob was here")
        table.write("Adab", by: "ada", upTo: 2)
        #expect(table.text == "Adabob was here")
    }

    @Test func whoHasReadTheMergedTextGoesOnFromThere() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        table.write("one ", by: "ada")
        table.write("two", by: "bob", upTo: 0)
        #expect(!table.write("one two!", by: "bob", upTo: 2).needsText)
        #expect(!table.write("two!", by: "bob", upTo: 2).needsText, "it has seen Ada's word, and deleted it")
        #expect(table.text == "two!")
    }

    @Test func whoWroteTheSameAsAnotherGoesOnFromThere() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        table.write("x", by: "ada")
        table.write("x", by: "bob", upTo: 0)
        table.write("xy", by: "bob", upTo: 0)
        #expect(table.text == "xy")
    }

    @Test func theSmallestChangeTellsTheBase() throws {
        var table = try Table("shared", policy: MergePolicy(), members: "ada", "bob")
        table.write("shared by all of us", by: "ada")
        // Bob's page has answered for Ada's text, and was still busy: it had not shown it when Bob typed.
        #expect(table.write("shared!", by: "bob", upTo: 1).needsText)
        #expect(table.text == "shared by all of us!")
    }

    @Test func ofEquallySmallChangesTheNewestBaseCounts() throws {
        var table = try Table("a", policy: MergePolicy(), members: "ada", "bob")
        table.write("b", by: "ada")
        table.write("c", by: "bob", upTo: 1)
        #expect(table.text == "c")
    }

    @Test func whatWasNotReadIsNoBase() throws {
        var table = try Table("a", policy: MergePolicy(), members: "ada", "bob")
        table.write("b", by: "ada")
        table.write("c", by: "bob", upTo: 0)
        #expect(table.text != "c", "Ada's word is kept")
    }

    @Test func anEchoOfAnOldTextTakesNothingBack() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob", "echo")
        table.write("one", by: "ada")
        table.write("one two", by: "bob")
        let outcome = table.write("one", by: "echo")
        #expect(outcome.isUnchanged && outcome.needsText)
        #expect(table.text == "one two")
    }

    @Test func whoInsistsOnATextAfterItWasShownAnotherGetsIt() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        table.write("one", by: "ada")
        table.write("onex", by: "bob")
        #expect(table.write("one", by: "ada", upTo: 2).needsText, "it may have been written before the x was seen")
        #expect(table.text == "onex")
        #expect(!table.write("one", by: "ada", upTo: 2).needsText)
        #expect(table.text == "one")
    }

    @Test func whatWasCertainlyReadIsNotTakenForUnread() throws {
        var table = try Table("0123456789", policy: MergePolicy(), members: "ada", "bob")
        table.write("0bcdef123456789", by: "ada")
        // Of the revision before, it would be the smaller change.
        table.write("0bc123456789", by: "bob", from: 1, upTo: 1)
        #expect(table.text == "0bc123456789")
        table.write("0bc1234567890", by: "ada", from: 2, upTo: 2)
        table.write("0bc123456789", by: "bob", from: 3, upTo: 3)
        #expect(table.text == "0bc123456789", "Bob may delete what Ada has just typed")
    }

    @Test func whoReadsOlderTextsAfterItsOwnIsPutRight() throws {
        var table = try Table("the cat sat on", policy: MergePolicy(), members: "ada", "bob")
        table.write("the cat sat on\n", by: "ada", upTo: 0)
        table.write("the cat sat on\n", by: "bob", upTo: 0)
        #expect(!table.write("the cat sat on\nsee", by: "bob", upTo: 0).needsText)
        #expect(table.state.needsText(ClientID("bob"), whoHadRead: .zero))
        #expect(!table.state.needsText(ClientID("bob"), whoHadRead: Revision(1)))
        #expect(!table.state.needsText(ClientID("ada"), whoHadRead: .zero), "it is sent Bob's text anyway")
    }

    @Test func whoGoesOnFromARefusedTextIsRefusedAgain() throws {
        var table = try Table("one", policy: VersionCheckedPolicy(), members: "ada", "bob")
        table.write("one, two, three", by: "ada", upTo: 0)
        #expect(table.write("one!", by: "bob", upTo: 1).refusal != nil)
        // It was shown what stands, and typed on before it looked.
        #expect(table.write("one!!", by: "bob", upTo: 1, hasUnread: true).refusal != nil)
        #expect(table.write("one, two, three!", by: "bob", upTo: 1).revision == 2)
    }

    @Test func aTextThatNobodyCanMakeSenseOfIsRefused() throws {
        let limits = RoomLimits(history: RoomHistory.Limits(changes: 2))
        var table = try Table("a", policy: MergePolicy(), members: "ada", "bob", limits: limits)
        for text in ["ab", "abc", "abcd", "abcde"] { table.write(text, by: "ada") }
        #expect(table.write("xa", by: "bob", upTo: 0).refusal?.reason == .conflict)
        #expect(table.text == "abcde")
    }

    @Test func whoTellsTheRevisionIsBelieved() throws {
        var table = try Table("one", policy: MergePolicy(), members: "ada", "bob")
        table.write("one two", by: "ada", on: 0)
        table.write("one", by: "bob", on: 1)
        #expect(table.text == "one", "Bob saw Ada's word, and deleted it")
        table.write("zero one", by: "ada", on: 2)
        #expect(table.text == "zero one")
    }

    @Test func whoTellsTheRevisionThatItWasLastSentHasGoneOnFromItsOwnTextSince() throws {
        var table = try Table("", policy: MergePolicy(), members: "ada", "bob")
        for typed in ["a", "ad", "ada"] { table.write(typed, by: "ada", on: 0) }
        #expect(table.text == "ada")
        for typed in ["b", "bo", "bob"] { table.write(typed, by: "bob", on: 0) }
        #expect(table.text == "adabob")
        table.write(",ada", by: "ada", on: 0)
        #expect(table.text == ",adabob")
    }

    @Test func underVersionCheckedATextOnAnOldRevisionIsRefused() throws {
        var table = try Table("one", policy: VersionCheckedPolicy(), members: "ada", "bob")
        #expect(table.write("one, two", by: "ada", upTo: 0).revision == 1)
        #expect(table.write("zero, one", by: "bob", upTo: 0).refusal?.reason == .conflict)
        #expect(table.text == "one, two")
        #expect(table.write("zero, one, two", by: "bob", upTo: 1).revision == 2)
        #expect(table.write("one, two, three", by: "ada", on: 1).refusal?.reason == .conflict)
        #expect(table.write("zero, one, two, three", by: "ada", on: 2).revision == 3)
    }

    @Test func underVersionCheckedOnesOwnTypingIsNeverInTheWay() throws {
        var table = try Table("", policy: VersionCheckedPolicy(), members: "ada", "bob")
        for (index, typed) in ["a", "ad", "ada"].enumerated() {
            #expect(table.write(typed, by: "ada", upTo: 0).revision == index + 1)
        }
        for (index, typed) in ["adab", "adabo"].enumerated() {
            #expect(table.write(typed, by: "bob", on: 3).revision == index + 4)
        }
    }

    @Test func aMergedTextOverTheLimitIsRefused() throws {
        var table = try Table("12345", policy: MergePolicy(), members: "ada", "bob", limits: RoomLimits(document: 10))
        table.write("12345678", by: "ada", upTo: 0)
        #expect(table.write("abc12345", by: "bob", upTo: 0).refusal?.reason == .tooLarge)
        #expect(table.text == "12345678")
        #expect(table.write("ab12345", by: "bob", upTo: 0).revision == 2)
    }
}

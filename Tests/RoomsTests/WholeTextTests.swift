import ConflictMerge
import ConflictVersionChecked
import ProviderKit
import Rooms
import Testing

/// What becomes of whole texts whose authors do not say what they were made on.
@Suite struct WholeTextTests {
    @Test func twoTextareasKeepBothPeoplesTyping() throws {
        var table = try Table("let a = 1\n", policy: MergePolicy(), members: "ada", "bob")
        #expect(!table.write("let a = 10\n", by: "ada", upTo: 0).needsText)
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

    @Test func whoReadsOlderTextsAfterItsOwnIsSentTheRooms() throws {
        var table = try Table("the cat sat on", policy: MergePolicy(), members: "ada", "bob")
        table.write("the cat sat on\n", by: "ada", upTo: 0)
        table.write("the cat sat on\n", by: "bob", upTo: 0)
        #expect(
            table.write("the cat sat on\nsee", by: "bob", upTo: 0, hasUnread: true).needsText,
            "Ada's text is on its way to it")
        #expect(!table.write("the cat sat on\nseen", by: "bob", upTo: 2).needsText)
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
        #expect(table.write("zero, one, two", by: "bob", from: 1, upTo: 1).revision == 2)
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

    @Test func aQueuedTextInSeveralPlacesIsMadeOnTheTextOnWhichItTakesNothing() throws {
        var table = try Table("    «v1-1»\r‹v1› cafe\r‹v2›\r", policy: MergePolicy(), members: "ada", "bob")
        table.write("一丁    «v1-1»\r‹v1› cafe\r‹v2›\r", by: "ada", upTo: 0)
        table.write("«c2-2»一丁    «v1-1»\r‹v1› cafe\r‹v2›\r", by: "ada", upTo: 0)
        table.write("«c2-2»一丁  «c2-3»   «v1-1»\r‹v1› cafe\r‹v2›\r", by: "ada", upTo: 0)
        table.write("«c1-1»«c2-2»一丁  «c2-3»   «v1-1»\r‹v1› cafe\r‹v2›\r", by: "ada", upTo: 0)
        _ = try table.state.join(ClientID("eve"))
        table.write("«c1-2»«c2-2»一丁  «c2-3»   «v1-1»\r‹v1›«c1-3» cafe\r‹v2›\r\t\t«c1-4»", by: "eve")
        #expect(
            table.text == "«c1-1»«c1-2»«c2-2»一丁  «c2-3»   «v1-1»\r‹v1›«c1-3» cafe\r‹v2›\r\t\t«c1-4»"
                || table.text == "«c1-2»«c1-1»«c2-2»一丁  «c2-3»   «v1-1»\r‹v1›«c1-3» cafe\r‹v2›\r\t\t«c1-4»")
    }

    @Test func aQueuedTextDoesNotGoIntoAWordThatLooksLikeIt() throws {
        let line = "一丁丈上丐丂\r\n\t且丕世丘\n   «c3-5é»     丑丒专"
        var table = try Table("\u{FEFF}" + line, policy: MergePolicy(), members: "ada", "bob")
        table.write("\u{FEFF}«c2-9»" + line, by: "ada", upTo: 0)
        table.write("\u{FEFF}«c2-10»«c2-9»" + line, by: "ada", upTo: 0)
        _ = try table.state.join(ClientID("eve"))
        table.write("\u{FEFF}    «c4-2»\r\n" + line, by: "eve", upTo: 2)
        #expect(table.text == "\u{FEFF}«c2-10»«c2-9»    «c4-2»\r\n" + line)
    }

    @Test func aQueuedTextOfAnotherFormDoesNotTakeAWordThatLooksLikeItsOwn() throws {
        let end = "«v1-1» café\r\n    «c2-2»  \r\n‹v3›\r\n  \r\n\t\t‹v6›  \r\n‹v7› if  \r\n\r\n\t‹v12›  \r\n‹v14›"
        let shown = "«v1-1» café\n    «c2-2»\n‹v3›\n\n\t\t‹v6›\n‹v7› if\n\n\t‹v12›\n‹v14›"
        var table = try Table("\t\t‹v1›" + end, policy: MergePolicy(), members: "ada", "bob")
        var text = "«c2-3»"
        for typed in ["", "«v1-3»", "万", "丈", "«c2-4»", "三", "上", "下"] {
            text = typed + text
            table.write("\t\t‹v1›" + text + end, by: "ada", upTo: 0)
        }
        _ = try table.state.join(ClientID("eve"))
        table.write("\t\t‹v1›丅«c1-2»丆" + shown, by: "eve", upTo: 8)
        #expect(table.text.hasPrefix("\t\t‹v1›下上三«c2-4»丈万"))
        for token in ["«v1-3»", "«c2-3»", "丅«c1-2»丆", end] { #expect(table.text.contains(token)) }
    }
}

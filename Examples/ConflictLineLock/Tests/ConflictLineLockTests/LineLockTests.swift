import CollabText
import ConflictLineLock
import ProviderConformance
import ProviderKit
import Testing

@Suite struct LineLockTests {
    @Test(arguments: ConflictConformance.clauses(for: .transform, refusingSome: true))
    func conforms(to clause: ConflictConformance.Clause) throws {
        try clause.check(LineLockPolicy())
    }

    @Test func theConfigurationNamesItLineLock() async throws {
        let descriptor = LineLockProvider.descriptor
        #expect(descriptor.name == "line-lock")
        #expect(try await descriptor.make(OptionValues(), .silent).staleEdits == .transform)
    }

    // In each case Bob's text is made of Ada's, at the same time as hers is, and comes later.

    @Test(arguments: [
        // Other lines, next to each other.
        Case("one\ntwo\n", ada: "one!\ntwo\n", bob: "one\ntwo?\n", "one!\ntwo?\n"),
        // Lines between others, at one place or beside a changed line.
        Case("one\ntwo\n", ada: "one\nA\ntwo\n", bob: "one\nB\ntwo\n", "one\nA\nB\ntwo\n"),
        Case("one\ntwo\n", ada: "one!\ntwo\n", bob: "one\nB\ntwo\n", "one!\nB\ntwo\n"),
        Case("one", ada: "one!", bob: "one\n", "one!\n"),
        Case("one\r\ntwo\r\n", ada: "one!\r\ntwo\r\n", bob: "one\r\n\r\ntwo\r\n", "one!\r\n\r\ntwo\r\n"),
        // A line beside one that goes away.
        Case("one\ntwo\nthree\n", ada: "one\nthree\n", bob: "one\ntwo\nthree!\n", "one\nthree!\n"),
        Case("one\ntwo\nthree", ada: "one\ntwo", bob: "one\ntwo!\nthree", "one\ntwo!"),
        // Ends of lines.
        Case("one\ntwo\nthree\n", ada: "one two\nthree\n", bob: "one\ntwo\nthree!\n", "one two\nthree!\n"),
        // What both take away needs no decision.
        Case("one\ntwo\n", ada: "two\n", bob: "two\n", "two\n"),
    ])
    func otherLinesAreMerged(_ example: Case) {
        #expect(example.outcome() == example.expected, "\(example)")
    }

    @Test(arguments: [
        // One line.
        Case("one two", ada: "one! two", bob: "one two?"),
        Case("one\ntwo\n", ada: "one\n2\n", bob: "one\n2\n!"),
        // A line that was taken away, or that another one was joined with.
        Case("one\ntwo\nthree\n", ada: "one\nthree\n", bob: "one\ntwo!\nthree\n"),
        Case("one\ntwo\nthree\n", ada: "one\nthree\n", bob: "one\nthree!\n"),
        Case("one\ntwo\n", ada: "onetwo\n", bob: "one\ntwo!\n"),
        Case("one\ntwo\n", ada: "one\ntwo!\n", bob: "onetwo\n"),
        Case("one\n\ntwo\n", ada: "one\ntwo\n", bob: "one\n!\ntwo\n"),
        // Lines beside each other, where each change begins in the middle of a line that begins like the next one.
        Case("one\nlet a\nlet b\ntwo\n", ada: "one\nlet b\ntwo\n", bob: "one\nlet a\ntwo\n"),
        // A line that was parted.
        Case("one two\n", ada: "one\ntwo\n", bob: "one two!\n"),
        // What would go into a line that is new, or before one that was changed right there.
        Case("one", ada: "one\nA", bob: "one!"),
        Case("one\ntwo\n", ada: "one\n!two\n", bob: "one\nB\ntwo\n"),
    ])
    func aLineOfSomebodyElseIsLeftAlone(_ example: Case) {
        #expect(example.outcome() == nil, "\(example)")
        #expect(example.outcome(adasAuthor: ClientID("bob")) != nil, "\(example), by Bob himself")
    }

    @Test func whatHappenedLaterCountsToo() {
        var history = RoomHistory(revision: .zero, text: "one\ntwo\nthree\n")
        let texts = ["1\ntwo\nthree\n", "1\ntwo\nthree\nfour\n", "1\n2\nthree\nfour\n"]
        for (author, text) in zip(["ada", "bob", "ada"], texts) {
            history.commit(.difference(from: history.text, to: TextBuffer(text)), by: ClientID(author))
        }
        for (text, isTaken) in [("one\ntwo\n3\n", true), ("one\n!\nthree\n", false), ("!\ntwo\nthree\n", false)] {
            let edit = ProposedEdit(author: ClientID("bob"), base: .zero, content: .text(TextBuffer(text)))
            let resolution = LineLockPolicy().resolve(edit, against: history)
            #expect((resolution != .reject(.conflict)) == isTaken, "\(text)")
        }
    }

    @Test func linesWithoutEndAreOne() {
        let long = String(repeating: "x", count: 10_000)
        let near = Case("\(long)\ntwo", ada: "\(long)!\ntwo", bob: "\(long)\ntwo?", "\(long)!\ntwo?")
        #expect(near.outcome() == near.expected)
        let apart = Case("\(long)\n\(long)", ada: "!\(long)\n\(long)", bob: "\(long)\n\(long)?")
        #expect(apart.outcome() == nil)
    }
}

/// A text, and what two people make of it at the same time.
struct Case: Sendable, CustomTestStringConvertible {
    let text: TextBuffer
    let ada: TextBuffer
    let bob: TextBuffer
    /// Nil when Bob's edit is to be rejected.
    let expected: TextBuffer?

    init(_ text: String, ada: String, bob: String, _ expected: String? = nil) {
        self.text = TextBuffer(text)
        self.ada = TextBuffer(ada)
        self.bob = TextBuffer(bob)
        self.expected = expected.map { TextBuffer($0) }
    }

    /// The text once Bob's edit has come after Ada's; nil when it was rejected.
    func outcome(adasAuthor: ClientID = ClientID("ada")) -> TextBuffer? {
        var history = RoomHistory(revision: .zero, text: text)
        history.commit(.difference(from: text, to: ada), by: adasAuthor)
        let edit = ProposedEdit(author: ClientID("bob"), base: .zero, content: .text(bob))
        switch LineLockPolicy().resolve(edit, against: history) {
        case .apply(let change): return history.text.applying(change)
        case .unchanged: return history.text
        case .reject: return nil
        }
    }

    var testDescription: String {
        "\(String(reflecting: text.description)): \(String(reflecting: ada.description)), "
            + String(reflecting: bob.description)
    }
}

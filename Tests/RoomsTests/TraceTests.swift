import CollabText
import ConflictMerge
import Foundation
import ProviderKit
import Rooms
import Testing

/// Real editing histories, replayed by the rules of a room: see Traces/README.md.
@Suite struct TraceTests {
    @Test(arguments: ["sveltecomponent", "json-crdt-patch"])
    func whatOneAuthorTypedEndsAsItWasTyped(name: String) throws {
        let trace = try TraceFile(name)
        var table = try Table(trace.startContent ?? "", policy: MergePolicy(), members: "ada")
        for transaction in trace.txns {
            let revision = table.state.revision
            let change = try transaction.change(baseLength: table.state.text.count)
            let outcome = table.receive(
                Submission(content: .changes(change.replacements), base: .revision(revision)), by: "ada")
            try #require(outcome.refusal == nil)
        }
        #expect(table.text == trace.endContent)
    }

    @Test func whatTwoAuthorsTypedAtTheSameTimeIsMergedAlikeForBoth() throws {
        let trace = try TraceFile("friendsforever")
        var table = try Table(policy: MergePolicy(), members: "ada", "bob")
        var authors = ["ada", "bob"].map(TraceAuthor.init)
        for (index, transaction) in trace.txns.enumerated() {
            let agent = try #require(transaction.agent)
            let other = 1 - agent
            let seen = transaction.parents?.filter { trace.txns[$0].agent == other }.max()
            if let seen { authors[agent].see(through: seen) }

            let change = try transaction.change(baseLength: authors[agent].text.count)
            let edit = authors[agent].make(change, newest: table.state.revision)
            let outcome = table.receive(edit.sent, by: authors[agent].id.rawValue)
            guard case .committed(let commit, _) = outcome, commit.change == edit.logged else {
                Issue.record("transaction \(index) came to \(outcome)")
                return
            }
            authors[other].miss(commit.change, of: index, at: commit.revision)

            guard index.isMultiple(of: 1_000) else { continue }
            for author in authors { #expect(author.finalText == table.state.text) }
        }
        for author in authors { #expect(author.finalText == table.state.text) }
        // There, one author puts a comma for a full stop and goes on, while the other goes on behind the full stop.
        // With that gone, both type at one position: nothing tells any more whose text was to come first.
        let tie = try #require(trace.endContent.range(of: ", huh? The"))
        #expect(table.text.hasPrefix(trace.endContent[..<tie.lowerBound]))
        #expect(table.text.hasSuffix(trace.endContent[tie.upperBound...]))
        #expect(table.text.sorted() == trace.endContent.sorted())
    }
}

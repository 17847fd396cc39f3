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

    @Test func whatTwoAuthorsTypedAtTheSameTimeEndsAsItWasTyped() throws {
        let trace = try TraceFile("friendsforever")
        let seen = trace.txns.map { transaction in
            transaction.parents?.filter { trace.txns[$0].agent != transaction.agent }.max()
        }
        var talk = try Talk(shown: Set(seen.compactMap(\.self)))
        for (index, transaction) in trace.txns.enumerated() {
            let agent = try #require(transaction.agent)
            if let seen = seen[index] { try talk.show(seen, to: agent) }
            try talk.type(transaction, as: index, by: agent)
        }
        try talk.settle()
        #expect(talk.table.text == trace.endContent)
    }
}

/// A room and two authors, as a history tells what each of them had seen when it typed.
private struct Talk {
    var table: Table
    private var authors = ["ada", "bob"].map(TraceAuthor.init)
    /// The transactions that the other author saw before it saw the next one: none of them is sent with what follows.
    private let shown: Set<Int>

    init(shown: Set<Int>) throws {
        self.shown = shown
        table = try Table(policy: MergePolicy(), members: "ada", "bob")
    }

    mutating func type(_ transaction: TraceFile.Transaction, as index: Int, by agent: Int) throws {
        let change = try transaction.change(baseLength: authors[agent].text.count)
        authors[agent].type(change, as: index)
    }

    /// Brings the other author's transactions to an author, up to one of them.
    ///
    /// What both sent in the meantime reaches the room in an order that the history does not tell. Ada's is first: at one
    /// place both type where a character was that Ada deleted, and her text stands left there.
    mutating func show(_ index: Int, to agent: Int) throws {
        try send(through: .max, by: 0)
        try send(through: agent == 1 ? .max : index, by: 1)
        authors[agent].see(through: index)
    }

    /// Sends what is left, and checks that both see the room's text in the end.
    mutating func settle() throws {
        for agent in authors.indices { try send(through: .max, by: agent) }
        for author in authors { #expect(author.finalText == table.state.text) }
    }

    private mutating func send(through index: Int, by agent: Int) throws {
        while let next = authors[agent].typed.first(where: { shown.contains($0) || $0 == authors[agent].typed.last }),
            let first = authors[agent].typed.first, first <= index
        {
            try sendOne(through: min(next, index), by: agent)
        }
    }

    private mutating func sendOne(through index: Int, by agent: Int) throws {
        guard let edit = authors[agent].send(through: index, newest: table.state.revision) else { return }
        switch table.receive(edit.sent, by: authors[agent].id.rawValue) {
        case .committed(let commit, _):
            #expect(commit.change == edit.logged, "the author transforms as the policy does")
            authors[agent].didLog(at: commit.revision)
            authors[1 - agent].miss(commit.change, of: edit.last, at: commit.revision)
        case .unchanged:
            // Both did the same.
            #expect(edit.logged.leavesAsIs(table.state.text))
        case .repeated, .refused:
            throw Failure()
        }
    }

    /// An edit was not taken.
    private struct Failure: Error {}
}

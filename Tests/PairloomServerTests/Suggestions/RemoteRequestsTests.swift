import CollabText
import NIOCore
import ProviderKit
import Testing

@testable import PairloomServer

@Suite("What is asked of remote providers is bounded")
struct RemoteRequestsTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func question(_ text: TextBuffer, cursor: Int = 0, language: String = "swift") -> RemoteQuestion {
        let request = CompletionRequest(text: text, cursor: cursor, language: language, deadline: .now)
        return RemoteQuestion(request, to: 0, remembered: true)
    }

    @Test("the same question within a minute has the same answer, and is not asked again")
    func remembers() {
        let requests = Mutable(RequestDesk(links: 1, limits: RemoteLimits()))
        #expect(requests { $0.admit(question("a"), of: nil, at: start) } == .admitted)
        requests { $0.settle(question("a"), .suggested("b"), at: start) }
        #expect(requests { $0.admit(question("a"), of: nil, at: start + .seconds(59)) } == .known("b"))
        #expect(requests { $0.admit(question("a"), of: nil, at: start + .seconds(60)) } == .admitted)
    }

    @Test("that there was nothing to say is an answer, a failure is none")
    func remembersNothing() {
        let requests = Mutable(RequestDesk(links: 1, limits: RemoteLimits()))
        _ = requests { $0.admit(question("a"), of: nil, at: start) }
        requests { $0.settle(question("a"), .nothing, at: start) }
        #expect(requests { $0.admit(question("a"), of: nil, at: start) } == .known(nil))
        _ = requests { $0.admit(question("b"), of: nil, at: start) }
        requests { $0.settle(question("b"), .failed(AutocompleteError(.timedOut, "late")), at: start) }
        #expect(requests { $0.admit(question("b"), of: nil, at: start) } == .admitted)
    }

    @Test("another text, cursor or language is another question")
    func differs() {
        let asked = question("abc", cursor: 1)
        #expect(question("abc", cursor: 1) == asked)
        #expect(question("abd", cursor: 1) != asked)
        #expect(question("abc", cursor: 2) != asked)
        #expect(question("abc", cursor: 1, language: "go") != asked)
    }

    @Test("as many answers are kept as the configuration says, the newest", arguments: [0, 1, 7, 100])
    func forgets(capacity: Int) {
        let cache = Mutable(AnswerCache(capacity: capacity))
        let questions = (0..<500).map { question(TextBuffer("text \($0)")) }
        for question in questions { cache { $0.keep("x", for: question, at: start) } }
        let kept = questions.indices.filter { index in
            cache { $0.answer(to: questions[index], at: start) } != nil
        }
        // The oldest are forgotten in batches, so there may be up to twice as many for a moment.
        #expect(kept.count >= capacity && kept.count <= 2 * capacity)
        #expect(kept == Array(questions.indices.suffix(kept.count)))
    }

    @Test("so many are under way at once, and one that ends makes room")
    func inFlight() {
        let requests = Mutable(RequestDesk(links: 1, limits: RemoteLimits(perMinute: 0, inFlight: 2)))
        #expect(requests { $0.admit(question("a"), of: "ada", at: start) } == .admitted)
        #expect(requests { $0.admit(question("b"), of: "bob", at: start) } == .admitted)
        #expect(requests { $0.admit(question("c"), of: "cy", at: start) } == .refused)
        requests { $0.settle(question("a"), .failed(AutocompleteError(.cancelled, "gone")), at: start) }
        #expect(requests { $0.inFlight } == 1)
        #expect(requests { $0.admit(question("c"), of: "cy", at: start) } == .admitted)
    }

    @Test("each client has an allowance of its own, which comes back")
    func allowances() {
        let allowances = Mutable(ClientAllowances(perMinute: 60))
        for _ in 1...15 { #expect(allowances { $0.take("ada", at: start) }) }
        #expect(!allowances { $0.take("ada", at: start) })
        #expect(allowances { $0.take("bob", at: start) })
        #expect(allowances { $0.take(nil, at: start) })
        #expect(allowances { $0.take("ada", at: start + .seconds(1)) })
        #expect(!allowances { $0.take("ada", at: start + .seconds(1)) })
    }

    @Test("a flood of clients costs bounded memory, and keeps nobody out")
    func manyClients() {
        let allowances = Mutable(ClientAllowances(perMinute: 4))
        #expect(allowances { $0.take("ada", at: start) })
        #expect(!allowances { $0.take("ada", at: start) })
        for number in 1...10_000 {
            #expect(allowances { $0.take("client \(number)", at: start) })
            #expect(!allowances { $0.take("client \(number)", at: start) })
        }
        #expect(allowances { $0.count } == ClientAllowances.capacity)
        #expect(allowances { $0.take("one more", at: start + .seconds(20)) })
        #expect(allowances { $0.count } == 1)
    }

    @Test("a provider that wants to be left alone is not asked, whoever asks")
    func leavesAlone() {
        let requests = Mutable(RequestDesk(links: 2, limits: RemoteLimits()))
        _ = requests { $0.admit(question("a"), of: nil, at: start) }
        let error = AutocompleteError(.unavailable, "quota", retryAfter: .seconds(26))
        requests { $0.settle(question("a"), .failed(error), at: start) }
        #expect(requests { $0.admit(question("b"), of: "bob", at: start + .seconds(25)) } == .refused)
        #expect(requests { $0.admit(question("b"), of: "bob", at: start + .seconds(26)) } == .admitted)
    }
}

/// Requests to remote providers, and those that are under way.
private struct RequestDesk {
    enum Verdict: Equatable {
        case known(String?)
        case refused, admitted
    }

    private var requests: RemoteRequests
    private var passes: [RemoteQuestion: CircuitBreaker.Pass] = [:]

    init(links: Int, limits: RemoteLimits) {
        requests = RemoteRequests(links: links, limits: limits)
    }

    var inFlight: Int { requests.inFlight }

    mutating func admit(_ question: RemoteQuestion, of client: String?, at now: NIODeadline) -> Verdict {
        switch requests.admit(question, of: client, at: now) {
        case .known(let answer): return .known(answer)
        case .refused: return .refused
        case .admitted(let pass):
            passes[question] = pass
            return .admitted
        }
    }

    mutating func settle(_ question: RemoteQuestion, _ outcome: SuggestionOutcome, at now: NIODeadline) {
        if let pass = passes.removeValue(forKey: question) { requests.settle(question, outcome, pass, at: now) }
    }
}

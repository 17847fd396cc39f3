import CollabText
import Logging
import ProviderConformance
import ProviderKit
import Synchronization
import Testing

@testable import PairloomServer

@Suite("Providers are asked one after the other")
struct SuggestionChainTests {
    private let place = SuggestionPlace(text: "abc", cursor: 3, language: "Swift")

    private func chain(
        _ providers: [FixedAutocomplete], limits: RemoteLimits = RemoteLimits()
    ) -> SuggestionChain {
        let names = ["first", "second", "third"]
        return SuggestionChain(
            zip(names, providers).map { SuggestionLink(name: $0, provider: $1) },
            options: SuggestionOptions(timeout: .seconds(60), limits: limits), logger: .silent)
    }

    @Test(arguments: AutocompleteConformance.clauses)
    func conforms(to clause: AutocompleteConformance.Clause) async throws {
        try await clause.check {
            chain([
                FixedAutocomplete(isRemote: true) { _ throws(AutocompleteError) in
                    throw AutocompleteError(.unavailable, "down")
                },
                FixedAutocomplete { $0.cursor % 2 == 0 ? nil : Completion("x") },
            ])
        }
    }

    @Test("the first that has something to say is heard")
    func firstIsHeard() async {
        let second = CallCount()
        let chain = chain([
            FixedAutocomplete { _ in Completion("one") }, FixedAutocomplete { _ in second.add("two") },
        ])
        #expect(await chain.suggestion(for: place, of: nil) == Suggestion(text: "one", provider: "first"))
        #expect(second.count == 0)
    }

    @Test(
        "one that fails, or has nothing to say, is followed by the next",
        arguments: [
            nil, AutocompleteError.Code.unavailable, .unauthorized, .misconfigured, .timedOut,
        ])
    func nextIsAsked(code: AutocompleteError.Code?) async {
        let chain = chain([
            FixedAutocomplete { _ throws(AutocompleteError) in
                if let code { throw AutocompleteError(code, "no") }
                return nil
            },
            FixedAutocomplete { _ in Completion("two") },
        ])
        #expect(await chain.suggestion(for: place, of: nil) == Suggestion(text: "two", provider: "second"))
    }

    @Test("one that is late leaves time for the next")
    func late() async throws {
        let deadlines = Mutex<[ContinuousClock.Instant]>([])
        let late = { @Sendable (request: CompletionRequest) throws(AutocompleteError) -> Completion? in
            deadlines.withLock { $0.append(request.deadline) }
            throw AutocompleteError(.timedOut, "late")
        }
        let chain = chain([FixedAutocomplete(late), FixedAutocomplete(late)])
        #expect(await chain.suggestion(for: place, of: nil).text == "")
        let (first, last) = deadlines.withLock { ($0.first, $0.last) }
        #expect(try #require(last) - #require(first) > .seconds(5))
    }

    @Test("when nobody has anything to say, the suggestion is empty")
    func nothing() async {
        let chain = chain([FixedAutocomplete { _ in nil }, FixedAutocomplete { _ in nil }])
        #expect(await chain.suggestion(for: place, of: nil) == Suggestion(text: "", provider: "first"))
    }

    @Test("a remote provider is asked once for identical requests, a local one each time", arguments: [true, false])
    func remembers(isRemote: Bool) async {
        let calls = CallCount()
        let chain = chain([FixedAutocomplete(isRemote: isRemote) { _ in calls.add("one") }])
        for _ in 1...3 { #expect(await chain.suggestion(for: place, of: "ada").text == "one") }
        #expect(calls.count == (isRemote ? 1 : 3))
    }

    @Test("nothing is remembered when the configuration says so")
    func remembersNothing() async {
        let calls = CallCount()
        let chain = chain(
            [FixedAutocomplete(isRemote: true) { _ in calls.add("one") }], limits: RemoteLimits(cache: 0))
        for _ in 1...3 { _ = await chain.suggestion(for: place, of: "ada") }
        #expect(calls.count == 3)
    }

    @Test("beyond a client's allowance the next one answers, for this client alone")
    func allowance() async {
        let chain = chain(
            [
                FixedAutocomplete(isRemote: true) { _ in Completion("one") },
                FixedAutocomplete { _ in Completion("two") },
            ],
            limits: RemoteLimits(cache: 0, perMinute: 1))
        var answers: [String] = []
        for _ in 1...20 { answers.append(await chain.suggestion(for: place, of: "ada").text) }
        // One comes back each minute, should this machine be as busy as that.
        #expect(answers.first == "one")
        #expect(answers.filter { $0 == "two" }.count >= 10)
        #expect(await chain.suggestion(for: place, of: "bob").text == "one")
    }

    @Test("a service that asks for a pause is asked once, and the next one answers from then on")
    func pause() async {
        let calls = CallCount()
        let chain = chain([
            FixedAutocomplete(isRemote: true) { _ throws(AutocompleteError) in
                _ = calls.add("")
                throw AutocompleteError(.unavailable, "quota", retryAfter: .seconds(600))
            },
            FixedAutocomplete { _ in Completion("two") },
        ])
        for _ in 1...50 { #expect(await chain.suggestion(for: place, of: "ada").text == "two") }
        #expect(calls.count == 1)
    }

    @Test("who is cancelled is not passed on to the next")
    func cancellation() async {
        let second = CallCount()
        let waiting = FixedAutocomplete.waiting(isRemote: true)
        let chain = chain([waiting, FixedAutocomplete { _ in second.add("two") }])
        let task = Task { await chain.suggestion(for: place, of: nil) }
        task.cancel()
        #expect(await task.value.text == "")
        #expect(second.count == 0)
    }

    @Test("closing closes all, the last one first")
    func closes() async {
        let closed = Mutex<[String]>([])
        let chain = chain(
            ["first", "second"].map { name in
                FixedAutocomplete({ _ in nil }, onClose: { closed.withLock { $0.append(name) } })
            })
        await chain.close()
        await chain.close()
        #expect(closed.withLock { $0 } == ["second", "first"])
    }

    @Test("a newer request of a client ends the older one, and no other's")
    func overtakes() async {
        let requests = OpenRequests()
        let tasks = (0..<3).map { _ in
            Task {
                try? await Task.sleep(for: .seconds(3_600))
                return Suggestion(text: "", provider: "")
            }
        }
        let old = requests.begin(tasks[0], of: "ada")
        _ = requests.begin(tasks[1], of: "bob")
        let new = requests.begin(tasks[2], of: "ada")
        #expect(tasks[0].isCancelled && !tasks[1].isCancelled && !tasks[2].isCancelled)
        requests.end(old, of: "ada")
        #expect(requests.count == 2)
        requests.end(new, of: "ada")
        #expect(requests.count == 1)
        for task in tasks { task.cancel() }
    }
}

/// Counts calls.
private final class CallCount: Sendable {
    private let calls = Atomic(0)

    var count: Int { calls.load(ordering: .relaxed) }

    func add(_ suggestion: String) -> Completion {
        calls.add(1, ordering: .relaxed)
        return Completion(suggestion)
    }
}

extension FixedAutocomplete {
    /// A provider that answers only when it is cancelled.
    fileprivate static func waiting(isRemote: Bool) -> FixedAutocomplete {
        FixedAutocomplete(isRemote: isRemote) { _ throws(AutocompleteError) in
            try? await Task.sleep(for: .seconds(3_600))
            throw AutocompleteError(.cancelled, "given up")
        }
    }
}

import CollabText
import ProviderKit
import Testing

extension AutocompleteConformance {
    @Sendable static func suggestsWellFormedText(_ provider: any AutocompleteProvider) async throws {
        for sample in CodeSample.small {
            for cursor in sample.cursors {
                let completion = try await provider.complete(sample.request(at: cursor))
                try requireWellFormed(completion, "\(sample) at \(cursor)")
            }
        }
    }

    @Sendable static func answersLargeText(_ provider: any AutocompleteProvider) async throws {
        let sample = CodeSample.large
        for cursor in [0, sample.text.count / 2, sample.text.count] {
            let completion = try await provider.complete(sample.request(at: cursor))
            try requireWellFormed(completion, "\(sample) at \(cursor)")
        }
    }

    @Sendable static func answersByDeadline(_ provider: any AutocompleteProvider) async throws {
        for sample in CodeSample.small + [.large] {
            let request = sample.request(at: sample.text.count, deadline: .now + .milliseconds(50))
            let answer = try await promptly("\(sample)") { await provider.answer(to: request) }
            try require(answer, isWellFormedOr: [.timedOut], "\(sample)")
        }
    }

    @Sendable static func heedsPassedDeadline(_ provider: any AutocompleteProvider) async throws {
        for sample in CodeSample.small + [.large] {
            let request = sample.request(at: sample.text.count, deadline: .now - .seconds(1))
            let answer = try await promptly("\(sample)") { await provider.answer(to: request) }
            try require(answer, isWellFormedOr: [.timedOut], "\(sample)")
            try #require(!answer.hasSuggestion, "\(sample) got \(answer)")
        }
    }

    @Sendable static func answersManyAtOnce(_ provider: any AutocompleteProvider) async throws {
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                for sample in CodeSample.small {
                    group.addTask {
                        let completion = try await provider.complete(sample.request(at: sample.text.count))
                        try requireWellFormed(completion, "\(sample)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Sendable static func heedsCancellation(_ provider: any AutocompleteProvider) async throws {
        for sample in CodeSample.small + [.large] {
            let answer = try await promptly("\(sample)") {
                await withTaskGroup { group in
                    group.addTask { await provider.answer(to: sample.request(at: sample.text.count)) }
                    group.cancelAll()
                    return await group.next()
                }
            }
            if let answer { try require(answer, isWellFormedOr: [.cancelled], "\(sample)") }
        }
    }

    @Sendable static func closingEndsWork(_ provider: any AutocompleteProvider) async throws {
        let answers = try await promptly("closing") {
            await withTaskGroup { group in
                for sample in CodeSample.small + [.large] {
                    group.addTask { await provider.answer(to: sample.request(at: sample.text.count)) }
                }
                await provider.close()
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        for answer in answers { try require(answer, isWellFormedOr: [.closed, .cancelled], "got \(answer)") }
    }

    @Sendable static func refusesAfterClose(_ provider: any AutocompleteProvider) async throws {
        await provider.close()
        for sample in CodeSample.small {
            let answer = await provider.answer(to: sample.request(at: sample.text.count))
            try #require(answer.code == .closed, "\(sample) got \(answer)")
        }
    }

    @Sendable static func closesTwice(_ provider: any AutocompleteProvider) async throws {
        await provider.close()
        await provider.close()
        let answer = await provider.answer(to: CodeSample.large.request(at: 0))
        #expect(answer.code == .closed, "got \(answer)")
    }
}

/// What a call came to.
private typealias Answer = Result<Completion?, AutocompleteError>

extension Result where Success == Completion?, Failure == AutocompleteError {
    fileprivate var hasSuggestion: Bool {
        if case .success(.some) = self { true } else { false }
    }

    /// The code of the error; nil when there is none.
    fileprivate var code: AutocompleteError.Code? {
        if case .failure(let error) = self { error.code } else { nil }
    }
}

extension AutocompleteProvider {
    fileprivate func answer(to request: CompletionRequest) async -> Answer {
        do {
            return .success(try await complete(request))
        } catch {
            return .failure(error)
        }
    }
}

private func requireWellFormed(_ completion: Completion?, _ comment: Comment) throws {
    guard let suggestion = completion?.suggestion else { return }
    // A Swift string is always well-formed, so U+0000 is all that is left to find.
    let isSound = !suggestion.isEmpty && !suggestion.utf8.contains(0)
    try #require(isSound, comment)
}

private func require(_ answer: Answer, isWellFormedOr codes: Set<AutocompleteError.Code>, _ comment: Comment) throws {
    switch answer {
    case .success(let completion): try requireWellFormed(completion, comment)
    case .failure(let error): try #require(codes.contains(error.code), comment)
    }
}

/// Runs `body`, and throws when it took as long as only something that waits for its deadline does, however busy the
/// machine: requests have a deadline of 300 seconds.
private func promptly<Value: Sendable>(_ comment: Comment, _ body: () async throws -> Value) async throws -> Value {
    let start = ContinuousClock.now
    let value = try await body()
    let isPrompt = start.duration(to: .now) < .seconds(240)
    try #require(isPrompt, comment)
    return value
}

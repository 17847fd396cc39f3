/// One thing that is tried.
struct Trial: Sendable {
    /// What came of it.
    enum Outcome: Sendable {
        case works(Duration)
        /// Why not, in one line.
        case fails(String)
    }

    let name: String
    private let body: @Sendable () async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Tries it, for as long as it takes, up to a limit.
    func run(limit: Duration = .seconds(30)) async -> Outcome {
        let (outcomes, continuation) = AsyncStream<Outcome>.makeStream()
        // Tasks of their own, since one that does not end must not be waited for.
        let work = Task { continuation.yield(await outcome()) }
        let alarm = Task {
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            continuation.yield(.fails("it has not answered within \(limit.components.seconds) s"))
        }
        defer {
            work.cancel()
            alarm.cancel()
        }
        return await outcomes.first { _ in true } ?? .fails("it was stopped")
    }

    private func outcome() async -> Outcome {
        let start = ContinuousClock.now
        do {
            try await body()
            return .works(ContinuousClock.now - start)
        } catch {
            return .fails(Self.words(error))
        }
    }

    /// What went wrong, in one line, without the name that stands before it.
    private static func words(_ error: any Error) -> String {
        let text = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
        guard error is Failure, let colon = text.firstRange(of: ": ") else { return text }
        return String(text[colon.upperBound...])
    }
}

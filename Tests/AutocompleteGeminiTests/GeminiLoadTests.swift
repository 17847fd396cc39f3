import ProviderKit
import TestSupport
import Testing

@testable import AutocompleteGemini

extension OverTheWire {
    @Suite struct GeminiLoadTests {
        @Test("two hundred calls at once share eight connections and end by their deadline")
        func sharesConnections() async throws {
            let place = try await GeminiPlace()
            let provider = try await place.provider("one-second")
            async let calls = all(200, of: provider, within: .milliseconds(3_500))
            // The second answers are under way, and no deadline has passed: later, a server sees new connections before it
            // sees that those which were given up are closed.
            try await place.server.wait(for: .requests, 16)
            let state = try await place.server.state()
            #expect(state.peak == 8)
            let answers = await calls
            await provider.close()
            let suggestions = answers.compactMap { try? $0.get() }
            #expect(!suggestions.isEmpty)
            #expect(suggestions.allSatisfy { $0 == "urn sum(items)" })
            #expect(answers.compactMap(\.failure).allSatisfy { $0.code == .timedOut })
            try await expectNothingLeft(of: place)
        }

        @Test("a thousand calls at once are the work of one thread")
        func needsOneThread() async throws {
            let place = try await GeminiPlace()
            let provider = try await place.provider("never")
            await withTaskGroup { group in
                for _ in 0..<1_000 { group.addTask { _ = await provider.answer() } }
                do {
                    try await place.server.wait(for: .requests, 8)
                    #expect(try ThisProcess.geminiThreads() == 1)
                } catch {
                    Issue.record(error)
                }
                await provider.close()
            }
            try await expectNothingLeft(of: place)
        }

        @Test("cancelling closes the connection")
        func cancellingEndsTheTransfer() async throws {
            let place = try await GeminiPlace()
            let provider = try await place.provider("never")
            let call = Task { await provider.answer() }
            try await place.server.wait(for: .requests, 1)
            call.cancel()
            let answer = await call.value
            #expect(answer.failure?.code == .cancelled)
            try await place.server.wait(for: .open, 0)
            await provider.close()
        }

        @Test("a call that was cancelled while it waited for a connection is not sent")
        func cancelsWaitingCalls() async throws {
            let place = try await GeminiPlace()
            let provider = try await place.provider("never") {
                $0.setting(GeminiAutocompleteProvider.connections, to: 1)
            }
            let first = Task { await provider.answer() }
            try await place.server.wait(for: .requests, 1)
            let second = Task { await provider.answer() }
            second.cancel()
            #expect(await second.value.failure?.code == .cancelled)
            #expect(try await place.server.state().accepted == 1)
            await provider.close()
            #expect(await first.value.failure?.code == .closed)
        }

        @Test("a call that waits for a connection gets it when it is free")
        func waitsForAConnection() async throws {
            let place = try await GeminiPlace()
            let provider = try await place.provider {
                $0.setting(GeminiAutocompleteProvider.connections, to: 1)
            }
            let answers = await all(50, of: provider, within: .seconds(60))
            await provider.close()
            for answer in answers { #expect(try answer.get() == "urn sum(items)") }
            let state = try await place.server.state()
            #expect(state.accepted == 1)
        }

        @Test("closing ends calls that wait for the service")
        func closingEndsCalls() async throws {
            let place = try await GeminiPlace()
            let provider = try await place.provider("stalled-body")
            async let answers = all(20, of: provider, within: .seconds(60))
            try await place.server.wait(for: .requests, 8)
            await provider.close()
            #expect(await answers.allSatisfy { $0.failure?.code == .closed })
            try await expectNothingLeft(of: place)
        }

        private func all(
            _ count: Int, of provider: any AutocompleteProvider, within time: Duration
        ) async -> [Result<String?, AutocompleteError>] {
            await withTaskGroup { group in
                for _ in 0..<count { group.addTask { await provider.answer(within: time) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }

        /// No connection on either side, and no thread.
        private func expectNothingLeft(of place: GeminiPlace) async throws {
            #expect(try ThisProcess.sockets(to: place.server.port) == 0)
            try await place.server.wait(for: .open, 0)
            // The thread says that it is done just before it ends.
            while try ThisProcess.geminiThreads() > 0 { await Task.yield() }
        }
    }
}

import Foundation
import ProviderKit
import TestSupport
import Testing

@testable import AutocompleteGemini

extension OverTheWire {
    @Suite struct GeminiErrorsTests {
        /// What the server does, and how the call fails.
        struct Refusal: CustomTestStringConvertible {
            let model: String
            let code: AutocompleteError.Code
            var retryAfter: Duration?
            var testDescription: String { model }
        }

        @Test(arguments: [
            Refusal(model: "bad-key", code: .unauthorized),
            Refusal(model: "unauthenticated", code: .unauthorized),
            Refusal(model: "forbidden", code: .unauthorized),
            Refusal(model: "bad-argument", code: .unavailable),
            Refusal(model: "precondition", code: .misconfigured),
            Refusal(model: "withdrawn", code: .misconfigured),
            Refusal(model: "redirect", code: .misconfigured),
            Refusal(model: "moved", code: .misconfigured),
            Refusal(model: "timeout-status", code: .unavailable),
            Refusal(model: "retry-info", code: .unavailable, retryAfter: .seconds(26)),
            Refusal(model: "retry-info-fraction", code: .unavailable, retryAfter: .milliseconds(1_500)),
            Refusal(model: "retry-info-odd", code: .unavailable, retryAfter: .seconds(86_400)),
            Refusal(model: "retry-after", code: .unavailable, retryAfter: .seconds(7)),
            Refusal(model: "retry-unknown", code: .unavailable),
            Refusal(model: "overloaded", code: .unavailable, retryAfter: .seconds(2)),
            Refusal(model: "listed-error", code: .unavailable, retryAfter: .seconds(3)),
            Refusal(model: "internal", code: .unavailable),
            Refusal(model: "gateway", code: .unavailable),
            Refusal(model: "garbage", code: .unavailable),
            Refusal(model: "wrong-shape", code: .unavailable),
            Refusal(model: "wrong-list", code: .unavailable),
            Refusal(model: "other-object", code: .unavailable),
            Refusal(model: "deep-nesting", code: .unavailable),
            Refusal(model: "ten-megabytes", code: .unavailable),
            Refusal(model: "gzip-bomb", code: .unavailable),
            Refusal(model: "endless-header", code: .unavailable),
            Refusal(model: "cut-off", code: .unavailable),
            Refusal(model: "hung-up", code: .unavailable),
        ])
        func fails(_ refusal: Refusal) async throws {
            let place = try await GeminiPlace.shared()
            let before = try await place.server.state()
            let error = try #require(try await place.ask(refusal.model).failure)
            #expect(error.code == refusal.code)
            #expect(error.retryAfter == refusal.retryAfter)
            #expect(!error.description.contains(GeminiPlace.key))
            #expect(!error.description.contains("\n"))
            let state = try await place.server.state()
            #expect(state.requests.count == before.requests.count + 1, "one try only")
            #expect(state.elsewhere == 0, "redirects are not followed")
            try await place.server.wait(for: .open, 0)
        }

        @Test(
            "a service may ask for any pause, and gets a day of it at the most",
            arguments: [
                ("0.5s", Duration.milliseconds(500)), ("86401s", .seconds(86_400)), ("1e30s", .seconds(86_400)),
                ("1e400s", .seconds(86_400)), ("infs", .seconds(86_400)), ("9223372036854775808s", .seconds(86_400)),
                ("0s", nil), ("-1s", nil), ("-1e400s", nil), ("nans", nil), ("1e-400s", nil), ("s", nil), ("7", nil),
            ])
        func asksForAnyPause(delay: String, pause: Duration?) {
            let body = #"{"error":{"details":[{"retryDelay":"\#(delay)"}]}}"#
            #expect(GeminiErrorBody.read(Data(body.utf8))?.retryDelay == pause)
        }

        @Test("what the service says is in the error, without the key")
        func scrubsTheKey() async throws {
            let error = try #require(try await GeminiPlace.shared().ask("bad-key").failure)
            #expect(error.underlying == "HTTP 400, INVALID_ARGUMENT: API key [key] not valid. Pass a valid one.")
            #expect(error.message.contains("autocomplete.gemini.api_key"))
        }

        @Test("a model that is not there is named")
        func namesTheModel() async throws {
            let error = try #require(try await GeminiPlace.shared().ask("withdrawn").failure)
            #expect(error.message.contains("withdrawn"))
        }

        @Test("an answer that comes too late is none", arguments: ["never", "stalled-body"])
        func timesOut(_ model: String) async throws {
            let place = try await GeminiPlace()
            #expect(try await place.ask(model, within: .milliseconds(300)).failure?.code == .timedOut)
            try await place.server.wait(for: .open, 0)
        }

        @Test("the provider's own timeout counts too")
        func heedsItsOwnTimeout() async throws {
            let place = try await GeminiPlace()
            let answer = try await place.ask("never") {
                $0.setting(GeminiAutocompleteProvider.timeout, to: .milliseconds(300))
            }
            #expect(answer.failure?.code == .timedOut)
        }

        @Test("once the deadline has passed nothing is sent")
        func sendsNothingTooLate() async throws {
            let place = try await GeminiPlace()
            #expect(try await place.ask("never", within: .zero).failure?.code == .timedOut)
            #expect(try await place.server.state().accepted == 0)
        }

        @Test("nobody listens")
        func isRefused() async throws {
            // The reserved port 1: nobody listens there.
            let provider = try await GeminiPlace.provider(at: "http://127.0.0.1:1")
            let error = await provider.answer().failure
            await provider.close()
            #expect(error?.code == .unavailable)
        }

        @Test("a name that does not exist")
        func isNotFound() async throws {
            // RFC 2606: there is never such a name.
            let provider = try await GeminiPlace.provider(at: "https://gemini.invalid")
            let error = await provider.answer().failure
            await provider.close()
            #expect(error?.code == .unavailable)
        }
    }
}

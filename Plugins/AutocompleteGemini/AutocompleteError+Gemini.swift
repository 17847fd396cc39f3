import ProviderKit

extension AutocompleteError {
    /// What a transfer that failed means.
    init(_ failure: TransferFailure, key: APIKey) {
        switch failure {
        case .timedOut:
            self.init(.timedOut, "Gemini did not answer in time.")
        case .cancelled:
            self.init(.cancelled, "The call was cancelled.")
        case .closed:
            self.init(.closed, "The provider is closed.")
        case .tooLong:
            self.init(.unavailable, "Gemini's answer is too long to be one.")
        case .untrusted(let reason):
            self.init(
                .unavailable, "Gemini's certificate cannot be trusted; autocomplete.gemini.ca_file names others.",
                underlying: key.scrubbed(reason))
        case .unreachable(let reason):
            self.init(.unavailable, "Gemini cannot be reached.", underlying: key.scrubbed(reason))
        case .broken(let reason):
            self.init(.unavailable, "The transfer from Gemini failed.", underlying: key.scrubbed(reason))
        }
    }

    /// What a reply that is not an answer means.
    init(_ reply: HTTPReply, service: GeminiService, model: String) {
        let error = GeminiErrorBody.read(reply.body)
        let said = [error?.status, error?.message].compactMap(\.self).joined(separator: ": ")
        let underlying = service.key.scrubbed("HTTP \(reply.status)" + (said.isEmpty ? "" : ", \(said)"))
        switch reply.status {
        case 400 where error?.refusesTheKey == true,
            401,
            403 where error?.status == "PERMISSION_DENIED":
            self.init(
                .unauthorized,
                "Gemini refused the key in autocomplete.gemini.api_key; make sure that it is whole and may use the API.",
                underlying: underlying)
        case 300..<400:
            self.init(
                .misconfigured,
                "Gemini has moved, and the key is not sent elsewhere; look at autocomplete.gemini.base_url.",
                underlying: underlying)
        case 408, 429, 500...:
            self.init(
                .unavailable, reply.status == 429 ? "Gemini takes no more requests for now." : "Gemini failed.",
                underlying: underlying, retryAfter: error?.retryDelay ?? reply.retryAfter)
        case 404:
            self.init(
                .misconfigured, "Gemini has no model \(model); name another in autocomplete.gemini.model.",
                underlying: underlying)
        case 400 where error?.status == "FAILED_PRECONDITION":
            self.init(
                .misconfigured,
                "Gemini does not offer \(model) to this account: its region or its billing stands in the way.",
                underlying: underlying)
        default:
            // It may be about this request alone: somebody between here and there may not like the code in it.
            self.init(
                .unavailable, "Gemini refused the request for \(model); look at autocomplete.gemini's settings.",
                underlying: underlying)
        }
    }

    /// What was sent as an answer is not one.
    static let garbledAnswer = AutocompleteError(.unavailable, "Gemini's answer cannot be understood.")
}

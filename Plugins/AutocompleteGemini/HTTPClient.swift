import CLibCurl
import Foundation
import ProviderKit

/// Sends requests to one address, over a few connections that are kept.
///
/// One thread of its own does all of it. The client has to be closed: the thread keeps it alive.
final class HTTPClient: Sendable {
    private let mailbox: Mailbox

    /// Once for the process.
    private static let isReady = curl_global_start() == CURLE_OK

    /// A client that connects when there is something to send.
    init(_ service: GeminiService, connections: Int) throws(ProviderStartError) {
        guard Self.isReady, let multi = CurlMulti(connections: connections) else {
            throw ProviderStartError("libcurl did not start: no memory or no sockets", isRetryable: true)
        }
        guard Transfer(service) != nil else {
            multi.free()
            throw ProviderStartError("This libcurl cannot do what is needed; install version 7.87 or newer with TLS")
        }
        mailbox = Mailbox(multi)
        Thread.detachNewThread { [mailbox] in
            Thread.current.name = "gemini"
            TransferLoop(service, multi, idleTransfers: connections).run(on: mailbox)
            mailbox.threadEnded()
        }
    }

    /// Sends a body and returns what comes back, whatever its status.
    ///
    /// Answers by the deadline, with `.timedOut` if need be; sends nothing when it has passed. When the task is
    /// cancelled, the transfer has ended by the time that this throws `.cancelled`.
    func post(_ body: Data, until deadline: ContinuousClock.Instant) async throws(TransferFailure) -> HTTPReply {
        let call = PendingCall(body: body, deadline: deadline)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                call.answer(to: continuation)
                mailbox.add(call)
                // The handler below may have run before there was anything to cancel.
                if Task.isCancelled { mailbox.cancel(call) }
            }
        } onCancel: {
            mailbox.cancel(call)
        }
        return try outcome.get()
    }

    /// Ends the calls under way with `.closed`, and those that come; returns when all is freed and the thread is done.
    func close() async {
        await mailbox.close()
    }
}

import CLibCurl
import Foundation

/// What the thread does: begins transfers, moves them along, ends them, and answers whoever waits.
///
/// Deadlines are kept here and not by libcurl, which forgets them while a transfer waits for a connection.
final class TransferLoop {
    private let service: GeminiService
    private let multi: CurlMulti
    private let idleTransfers: Int
    private var running: [ObjectIdentifier: Transfer] = [:]
    /// Kept for the next calls, with their TLS sessions.
    private var idle: [Transfer] = []

    init(_ service: GeminiService, _ multi: CurlMulti, idleTransfers: Int) {
        self.service = service
        self.multi = multi
        self.idleTransfers = idleTransfers
    }

    /// Works until the mailbox is closed, then frees everything. Blocks the thread.
    func run(on mailbox: Mailbox) {
        Self.blockBrokenPipes()
        while true {
            let orders = mailbox.take()
            for call in orders.begin { begin(call) }
            for call in orders.cancel { end(call, with: .cancelled) }
            if orders.isClosed { break }
            multi.perform()
            answerEnded()
            endOverdue()
            multi.wait(atMost: timeLeft)
        }
        for transfer in running.values { finish(transfer, with: .failure(.closed)) }
        idle = []
        multi.free()
    }

    private func begin(_ call: PendingCall) {
        guard call.deadline > .now else { return call.resume(with: .failure(.timedOut)) }
        guard let transfer = idle.popLast() ?? Transfer(service), transfer.prepare(for: call), multi.add(transfer)
        else { return call.resume(with: .failure(.broken("libcurl is out of memory"))) }
        running[ObjectIdentifier(call)] = transfer
    }

    private func end(_ call: PendingCall, with failure: TransferFailure) {
        guard let transfer = running[ObjectIdentifier(call)] else { return }
        finish(transfer, with: .failure(failure))
    }

    private func answerEnded() {
        while let (transfer, result) = multi.nextEnded() {
            finish(transfer, with: transfer.outcome(of: result))
        }
    }

    private func endOverdue() {
        let now = ContinuousClock.now
        for transfer in running.values where transfer.call.map({ $0.deadline <= now }) ?? true {
            finish(transfer, with: .failure(.timedOut))
        }
    }

    /// Answers only when nothing is left of the transfer.
    private func finish(_ transfer: Transfer, with outcome: PendingCall.Outcome) {
        multi.remove(transfer)
        guard let call = transfer.release() else { return }
        running[ObjectIdentifier(call)] = nil
        if idle.count < idleTransfers { idle.append(transfer) }
        call.resume(with: outcome)
    }

    private var timeLeft: Duration {
        let next = running.values.lazy.compactMap(\.call?.deadline).min()
        return next.map { ContinuousClock.now.duration(to: $0) } ?? .seconds(60)
    }

    /// Libcurl is told to leave signals alone, so what writes to a closed connection must not end the process.
    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

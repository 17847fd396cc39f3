import Logging
import ServiceLifecycle
import UnixSignals

/// Has the configuration read again at each SIGHUP, for as long as the server runs.
struct ReloadService: Service {
    let reload: Reload
    let signals: UnixSignalsSequence
    let claim: ProcessFileClaim?

    /// Gets everything ready, so that no signal is missed once the server says that it runs.
    init(reload: Reload, processFile: ProcessFile, logger: Logger) async {
        self.reload = reload
        // Before anybody can learn whom to send a signal to.
        signals = await UnixSignalsSequence(trapping: .sighup)
        do throws(ProcessFileProblem) {
            claim = try processFile.claim()
        } catch {
            // A folder that cannot be written is no reason not to serve.
            logger.log(
                level: error.isTaken ? .warning : .info, "`pairloom reload` will not find this server",
                metadata: ["reason": "\(error)"])
            claim = nil
        }
    }

    func run() async {
        defer { claim?.release() }
        // What was exchanged is closed a little later, in tasks of its own that end with the server.
        await withDiscardingTaskGroup { retirements in
            var count = 0
            for await _ in signals.cancelOnGracefulShutdown() {
                let outcome = await cancelWhenGracefulShutdown { await reload.run() }
                count += 1
                claim?.note(reloads: count, outcome: outcome.problem ?? "")
                if let retired = outcome.retired { retirements.addTask { await retired.close() } }
            }
            retirements.cancelAll()
        }
    }
}

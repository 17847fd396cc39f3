import Logging
import ServiceLifecycle
import UnixSignals

/// Has the configuration read again at each SIGHUP, for as long as the server runs.
struct ReloadService: Service {
    let reload: Reload
    let processFile: ProcessFile
    private let logger = Logger(label: "pairloom.reload")

    func run() async {
        let claim = claimFile()
        defer { claim?.release() }
        let signals = await UnixSignalsSequence(trapping: .sighup)
        // What was exchanged is closed a little later, in tasks of its own that end with the server.
        await withDiscardingTaskGroup { retirements in
            for await _ in signals.cancelOnGracefulShutdown() {
                guard let retired = await reload.run() else { continue }
                retirements.addTask { await retired.close() }
            }
            retirements.cancelAll()
        }
    }

    /// A folder that cannot be written is no reason not to serve.
    private func claimFile() -> ProcessFile.Claim? {
        do {
            return try processFile.claim()
        } catch {
            logger.info("`pairloom reload` will not find this server", metadata: ["reason": "\(error)"])
            return nil
        }
    }
}

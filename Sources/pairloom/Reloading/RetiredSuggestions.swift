import PairloomServer

/// Providers of suggestions that were exchanged, and may still be at work.
struct RetiredSuggestions: Sendable {
    let chain: SuggestionChain
    /// How long a question may take that was asked before.
    let timeout: Duration

    /// Closes them once nobody waits for them any more; at once when the task is cancelled.
    func close() async {
        try? await Task.sleep(for: timeout)
        await chain.close()
    }
}

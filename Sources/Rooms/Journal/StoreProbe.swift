import ProviderKit

/// Asks the store how it does: once a second at most, one question at a time, and never for longer than whoever wants to
/// know can wait.
actor StoreProbe {
    private let store: any RoomStore
    private let clock: RoomClock
    private var last: (at: Timestamp, problem: String?)?
    /// The question that is open. Stored, since all who ask meanwhile share it; it ends with the store's answer.
    private var question: Task<Void, Never>?
    private var waiting: [Int: CheckedContinuation<String?, Never>] = [:]
    private var nextID = 0

    /// For how long an answer is good.
    private static let lifetime = Duration.seconds(1)
    /// How long an answer may take.
    private static let patience = Duration.seconds(2)

    init(store: any RoomStore, clock: RoomClock) {
        self.store = store
        self.clock = clock
    }

    /// What is wrong with the store, in a sentence; nil when it can be read and written.
    func problem() async -> String? {
        if let last, clock.now().since(last.at) < Self.lifetime { return last.problem }
        let id = nextID
        nextID += 1
        let timeout = Task { [clock] in
            // Stored by this call alone, which ends it.
            if (try? await clock.sleep(Self.patience)) != nil { giveUp(id) }
        }
        defer { timeout.cancel() }
        return await withCheckedContinuation { continuation in
            waiting[id] = continuation
            if question == nil { question = Task { await ask() } }
        }
    }

    private func ask() async {
        var problem: String?
        do throws(StorageError) {
            try await store.checkHealth()
        } catch {
            problem = error.message
        }
        question = nil
        last = (clock.now(), problem)
        for continuation in waiting.values { continuation.resume(returning: problem) }
        waiting.removeAll()
    }

    private func giveUp(_ id: Int) {
        waiting.removeValue(forKey: id)?.resume(returning: "The store does not answer.")
    }
}

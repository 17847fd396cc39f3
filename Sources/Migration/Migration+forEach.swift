extension Migration {
    /// Works on items, a few at a time, until there are no more or the monitor says to stop.
    ///
    /// When one fails, no more begin, those in hand are done first, and then the first failure is thrown.
    func forEach<Item: Sendable>(
        _ next: () async throws(StoreFailure) -> Item?,
        perform work: @escaping @Sendable (Item) async throws(StoreFailure) -> Void
    ) async throws(MigrationError) {
        let failure = await withTaskGroup(of: StoreFailure?.self) { group in
            var failure: StoreFailure?
            var inHand = 0
            do throws(StoreFailure) {
                while failure == nil, !monitor.isStopping, let item = try await next() {
                    group.addTask { await Self.failure { () async throws(StoreFailure) in try await work(item) } }
                    inHand += 1
                    if inHand >= options.jobs {
                        failure = await group.next() ?? nil
                        inHand -= 1
                    }
                }
            } catch {
                failure = error
            }
            for await other in group { failure = failure ?? other }
            return failure
        }
        if let failure { throw .store(failure) }
    }

    private static func failure(of work: () async throws(StoreFailure) -> Void) async -> StoreFailure? {
        do {
            try await work()
            return nil
        } catch {
            return error
        }
    }
}

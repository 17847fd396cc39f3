import Synchronization

/// A number that many threads set and add to without a lock.
struct AtomicDouble: ~Copyable {
    private let bits = Atomic<UInt64>(0)

    /// The number; 0 at first.
    var value: Double {
        get { Double(bitPattern: bits.load(ordering: .relaxed)) }
        nonmutating set { bits.store(newValue.bitPattern, ordering: .relaxed) }
    }

    /// Adds an amount, trying again while others get in between.
    func add(_ amount: Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let result = bits.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if result.exchanged { return }
            old = result.original
        }
    }
}

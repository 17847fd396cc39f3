import Metrics
import Synchronization

/// A counter of whole numbers.
final class PrometheusCounter: CounterHandler, PrometheusMetric {
    static let kind = PrometheusKind.counter

    private let count = Atomic<Int64>(0)

    /// How much was counted.
    var value: Int64 { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) {
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() {
        count.store(0, ordering: .relaxed)
    }

    func write(to text: inout PrometheusText, name: String, labels: PrometheusLabels) {
        text.sample(name, labels, String(value))
    }
}

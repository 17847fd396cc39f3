import Metrics

/// A counter of numbers of any size.
final class PrometheusFloatingPointCounter: FloatingPointCounterHandler, PrometheusMetric {
    static let kind = PrometheusKind.counter

    private let sum = AtomicDouble()

    /// Adds an amount; a counter only goes up, so one that is negative or no number is left out.
    func increment(by amount: Double) {
        if amount >= 0 { sum.add(amount) }
    }

    func reset() {
        sum.value = 0
    }

    func write(to text: inout PrometheusText, name: String, labels: PrometheusLabels) {
        text.sample(name, labels, PrometheusText.number(sum.value))
    }
}

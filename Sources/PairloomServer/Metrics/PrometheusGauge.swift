import Metrics

/// A value that goes up and down: a meter, or a recorder that keeps the last value only.
final class PrometheusGauge: MeterHandler, RecorderHandler, PrometheusMetric {
    static let kind = PrometheusKind.gauge

    private let current = AtomicDouble()

    func set(_ value: Int64) { current.value = Double(value) }
    func set(_ value: Double) { current.value = value }
    func record(_ value: Int64) { current.value = Double(value) }
    func record(_ value: Double) { current.value = value }
    func increment(by amount: Double) { current.add(amount) }
    func decrement(by amount: Double) { current.add(-amount) }

    func write(to text: inout PrometheusText, name: String, labels: PrometheusLabels) {
        text.sample(name, labels, PrometheusText.number(current.value))
    }
}

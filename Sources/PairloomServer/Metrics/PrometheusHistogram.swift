import Metrics

/// How many values lie up to each of a few fixed bounds, and their sum: a timer, or a recorder of sizes.
final class PrometheusHistogram: TimerHandler, RecorderHandler, PrometheusMetric {
    static let kind = PrometheusKind.histogram

    /// Bounds for durations, in seconds: from what an edit takes to what a person gives up at.
    static let seconds = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
    /// Bounds for numbers of things and of bytes.
    static let sizes: [Double] = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304]

    private let bounds: [Double]
    /// How many values lie between each bound and the one before it; the last counts what lies past all of them.
    private let buckets: [PrometheusCounter]
    private let sum = AtomicDouble()

    init(bounds: [Double]) {
        self.bounds = bounds
        buckets = (0...bounds.count).map { _ in PrometheusCounter() }
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1e9)
    }

    func record(_ value: Int64) {
        record(Double(value))
    }

    /// Counts a value; what is no number is left out, since it would spoil the sum for good.
    func record(_ value: Double) {
        guard !value.isNaN else { return }
        buckets[bounds.firstIndex { value <= $0 } ?? bounds.count].increment(by: 1)
        sum.add(value)
    }

    func write(to text: inout PrometheusText, name: String, labels: PrometheusLabels) {
        var count: Int64 = 0
        for (bound, bucket) in zip(bounds + [.infinity], buckets) {
            count += bucket.value
            text.sample("\(name)_bucket", labels.bucket(upTo: bound), String(count))
        }
        text.sample("\(name)_sum", labels, PrometheusText.number(sum.value))
        text.sample("\(name)_count", labels, String(count))
    }
}

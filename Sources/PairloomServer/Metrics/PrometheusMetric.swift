/// A metric that can write its present values.
protocol PrometheusMetric: AnyObject, Sendable {
    static var kind: PrometheusKind { get }

    /// Writes the samples of this metric under a name and with labels.
    func write(to text: inout PrometheusText, name: String, labels: PrometheusLabels)
}

/// The kinds of metrics, by their names in the text format.
enum PrometheusKind: String {
    case counter
    case gauge
    case histogram
}

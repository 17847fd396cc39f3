package import Metrics
import Synchronization

/// The server's metrics, kept in memory and shown in the Prometheus text format.
///
/// Names come from labels: what Prometheus does not allow in a name becomes `_`, counters end in `_total`, timers in
/// `_seconds`. A name belongs to the kind of metric that used it first; one of another kind is counted but not shown.
///
/// Only making a metric takes a lock. Recording is one or two atomic operations.
package final class PrometheusMetrics: MetricsFactory {
    /// The metrics of one name.
    private struct Family {
        let kind: PrometheusKind
        var metrics: [PrometheusLabels: any PrometheusMetric] = [:]
    }

    private let families = Mutex<[String: Family]>([:])
    private let help: [String: String]

    /// Metrics without any value yet.
    ///
    /// - Parameter help: one line of explanation for each name, as Prometheus shows it (`rooms_open`, `edits_total`).
    package init(help: [String: String] = [:]) {
        self.help = help
    }

    /// All metrics in the Prometheus text format 0.0.4, ordered by name, then by labels.
    package func text() -> String {
        let families = families.withLock { $0 }
        var text = PrometheusText()
        for (name, family) in families.sorted(by: { $0.key < $1.key }) where !family.metrics.isEmpty {
            text.begin(name, kind: family.kind, help: help[name])
            for (labels, metric) in family.metrics.sorted(by: { $0.key < $1.key }) {
                metric.write(to: &text, name: name, labels: labels)
            }
        }
        return text.content
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        metric(PrometheusName.of(label, suffix: "_total"), dimensions) { PrometheusCounter() }
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        metric(PrometheusName.of(label, suffix: "_total"), dimensions) { PrometheusFloatingPointCounter() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        metric(PrometheusName.of(label), dimensions) { PrometheusGauge() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate {
            metric(PrometheusName.of(label), dimensions) { PrometheusHistogram(bounds: PrometheusHistogram.sizes) }
        } else {
            metric(PrometheusName.of(label), dimensions) { PrometheusGauge() }
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        metric(PrometheusName.of(label, suffix: "_seconds"), dimensions) {
            PrometheusHistogram(bounds: PrometheusHistogram.seconds)
        }
    }

    package func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    /// The metric of this name and these dimensions, made when there is none yet.
    private func metric<Metric: PrometheusMetric>(
        _ name: String, _ dimensions: [(String, String)], make: () -> Metric
    ) -> Metric {
        let labels = PrometheusLabels(dimensions)
        return families.withLock { families in
            if let known = families[name]?.metrics[labels] as? Metric { return known }
            let metric = make()
            let family = families[name, default: Family(kind: Metric.kind)]
            if family.kind == Metric.kind, family.metrics[labels] == nil {
                families[name, default: family].metrics[labels] = metric
            }
            return metric
        }
    }

    private func forget(_ handler: AnyObject) {
        families.withLock { families in
            families = families.mapValues { family in
                Family(kind: family.kind, metrics: family.metrics.filter { $0.value !== handler })
            }
        }
    }
}

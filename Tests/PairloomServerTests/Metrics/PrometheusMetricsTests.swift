import Metrics
import PairloomServer
import Testing

@Suite struct PrometheusMetricsTests {
    private let metrics = PrometheusMetrics(help: ["edits_total": "Edits, by \\ outcome.\nEvery one."])

    @Test func withoutMetricsTheTextIsEmpty() {
        #expect(metrics.text() == "")
    }

    @Test func countersEndInTotalAndShowTheirLabels() {
        let policy = ("policy", "merge")
        let outcome = ("outcome", "applied")
        Counter(label: "edits", dimensions: [policy, outcome], factory: metrics).increment(by: 2)
        Counter(label: "edits", dimensions: [outcome, policy], factory: metrics).increment()
        Counter(label: "edits", dimensions: [("outcome", "refused")], factory: metrics).increment()
        #expect(
            metrics.text() == """
                # HELP edits_total Edits, by \\\\ outcome.\\nEvery one.
                # TYPE edits_total counter
                edits_total{outcome="applied",policy="merge"} 3
                edits_total{outcome="refused"} 1

                """)
    }

    @Test func aCounterIsBackAtZeroAfterAReset() {
        let counter = Counter(label: "frames_total", factory: metrics)
        counter.increment(by: 5)
        counter.reset()
        #expect(metrics.text() == "# TYPE frames_total counter\nframes_total 0\n")
    }

    @Test func floatingPointCountersOnlyGoUp() {
        let counter = FloatingPointCounter(label: "cpu.seconds", factory: metrics)
        counter.increment(by: 0.5)
        counter.increment(by: 0.25)
        counter.increment(by: -1)
        #expect(metrics.text() == "# TYPE cpu_seconds_total counter\ncpu_seconds_total 0.75\n")
    }

    @Test func gaugesAndMetersShowTheirLastValue() {
        Gauge(label: "rooms.open", factory: metrics).record(7)
        let meter = Meter(label: "members", factory: metrics)
        meter.set(2.5)
        meter.increment(by: 2)
        meter.decrement()
        #expect(
            metrics.text() == """
                # TYPE members gauge
                members 3.5
                # TYPE rooms_open gauge
                rooms_open 7

                """)
    }

    @Test func timersAreHistogramsInSeconds() {
        let timer = Timer(label: "commit", dimensions: [("store", "memory")], factory: metrics)
        timer.recordMilliseconds(Int64(250))
        timer.recordNanoseconds(500_000)
        timer.recordSeconds(16)
        #expect(
            metrics.text() == """
                # TYPE commit_seconds histogram
                commit_seconds_bucket{store="memory",le="0.0001"} 0
                commit_seconds_bucket{store="memory",le="0.00025"} 0
                commit_seconds_bucket{store="memory",le="0.0005"} 1
                commit_seconds_bucket{store="memory",le="0.001"} 1
                commit_seconds_bucket{store="memory",le="0.0025"} 1
                commit_seconds_bucket{store="memory",le="0.005"} 1
                commit_seconds_bucket{store="memory",le="0.01"} 1
                commit_seconds_bucket{store="memory",le="0.025"} 1
                commit_seconds_bucket{store="memory",le="0.05"} 1
                commit_seconds_bucket{store="memory",le="0.1"} 1
                commit_seconds_bucket{store="memory",le="0.25"} 2
                commit_seconds_bucket{store="memory",le="0.5"} 2
                commit_seconds_bucket{store="memory",le="1"} 2
                commit_seconds_bucket{store="memory",le="2.5"} 2
                commit_seconds_bucket{store="memory",le="5"} 2
                commit_seconds_bucket{store="memory",le="10"} 2
                commit_seconds_bucket{store="memory",le="+Inf"} 3
                commit_seconds_sum{store="memory"} 16.2505
                commit_seconds_count{store="memory"} 3

                """)
    }

    @Test func recordersAreHistogramsOfSizes() {
        let recorder = Recorder(label: "batch", factory: metrics)
        for size in [1, 3, 300, 5_000_000] { recorder.record(size) }
        recorder.record(Double.nan)
        let lines = metrics.text().split(separator: "\n")
        #expect(lines.contains("batch_bucket{le=\"1\"} 1"))
        #expect(lines.contains("batch_bucket{le=\"4\"} 2"))
        #expect(lines.contains("batch_bucket{le=\"4194304\"} 3"))
        #expect(lines.suffix(3) == ["batch_bucket{le=\"+Inf\"} 4", "batch_sum 5000304", "batch_count 4"])
    }

    @Test func valuesOfLabelsAreEscaped() {
        Counter(label: "x", dimensions: [("path", "a\\b\"c\nd"), ("9-é", "ü")], factory: metrics).increment()
        #expect(metrics.text() == "# TYPE x_total counter\nx_total{_9__=\"ü\",path=\"a\\\\b\\\"c\\nd\"} 1\n")
    }

    @Test(arguments: [("http.requests", "http_requests"), ("2fast", "_2fast"), ("a:b-c d", "a:b_c_d"), ("", "_")])
    func namesAreMadeFitForPrometheus(label: String, name: String) {
        Gauge(label: label, factory: metrics).record(1)
        #expect(metrics.text() == "# TYPE \(name) gauge\n\(name) 1\n")
    }

    @Test(arguments: [
        (Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (-0.5, "-0.5"), (1e20, "1e+20"), (12, "12"),
    ])
    func numbersAreWrittenAsPrometheusReadsThem(value: Double, written: String) {
        Gauge(label: "g", factory: metrics).record(value)
        #expect(metrics.text() == "# TYPE g gauge\ng \(written)\n")
    }

    @Test func aNameBelongsToTheKindThatUsedItFirst() {
        Gauge(label: "load", factory: metrics).record(1)
        Recorder(label: "load", factory: metrics).record(2)
        #expect(metrics.text() == "# TYPE load gauge\nload 1\n")
    }

    @Test func aDestroyedMetricIsNoLongerShown() {
        let counter = Counter(label: "gone", factory: metrics)
        counter.increment()
        counter.destroy()
        #expect(metrics.text() == "")
    }

    @Test func noIncrementOfManyTasksIsLost() async {
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { [metrics] in
                    for _ in 0..<1_000 {
                        Counter(label: "hits", factory: metrics).increment()
                        Meter(label: "sum", factory: metrics).increment(by: 0.5)
                    }
                }
            }
        }
        #expect(metrics.text() == "# TYPE hits_total counter\nhits_total 8000\n# TYPE sum gauge\nsum 4000\n")
    }
}

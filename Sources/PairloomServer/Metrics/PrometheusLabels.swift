/// The labels of one metric, in the order of their names; of two with one name the first counts.
struct PrometheusLabels: Hashable, Comparable {
    /// As the text format writes them: `{method="GET",status="200"}`, or nothing.
    let rendered: String

    init(_ dimensions: [(String, String)]) {
        var pairs: [String: String] = [:]
        for (name, value) in dimensions {
            let name = PrometheusName.ofLabel(name)
            if pairs[name] == nil { pairs[name] = PrometheusText.escape(value, quotes: true) }
        }
        let list = pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
        rendered = list.isEmpty ? "" : "{\(list.joined(separator: ","))}"
    }

    private init(rendered: String) {
        self.rendered = rendered
    }

    /// No labels.
    static let none = PrometheusLabels([])

    /// These labels and `le`, the upper bound of a bucket.
    func bucket(upTo bound: Double) -> PrometheusLabels {
        let le = "le=\"\(PrometheusText.number(bound))\"}"
        return PrometheusLabels(rendered: rendered.isEmpty ? "{\(le)" : "\(rendered.dropLast()),\(le)")
    }

    static func < (a: PrometheusLabels, b: PrometheusLabels) -> Bool {
        a.rendered < b.rendered
    }
}

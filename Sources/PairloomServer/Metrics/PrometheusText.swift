/// Writes the Prometheus text exposition format, version 0.0.4.
struct PrometheusText {
    private(set) var content = ""

    /// Begins the samples of one name.
    mutating func begin(_ name: String, kind: PrometheusKind, help: String?) {
        if let help { content += "# HELP \(name) \(Self.escape(help, quotes: false))\n" }
        content += "# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Writes one value.
    mutating func sample(_ name: String, _ labels: PrometheusLabels, _ value: String) {
        content += "\(name)\(labels.rendered) \(value)\n"
    }

    /// A number as the format writes it: whole ones without a point, and `+Inf`, `-Inf` and `NaN`.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Past 2^53 a Double has no units any more; then its own form is as good.
        if value == value.rounded(), abs(value) < 0x1p53 { return String(Int64(value)) }
        return value.description
    }

    /// A text with backslashes and line ends escaped, and quotation marks where a label's value ends with one.
    static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

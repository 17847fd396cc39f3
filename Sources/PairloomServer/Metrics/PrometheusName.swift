/// Names that Prometheus allows: letters, digits and underscores, and colons in the names of metrics.
enum PrometheusName {
    /// The name of a metric, made from any label.
    ///
    /// - Parameter suffix: what the name ends with; added unless it is there.
    static func of(_ label: String, suffix: String = "") -> String {
        let name = sanitized(label, allowing: ":")
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    /// The name of a label, made from the name of a dimension.
    static func ofLabel(_ dimension: String) -> String {
        sanitized(dimension, allowing: "_")
    }

    private static func sanitized(_ text: String, allowing extra: Unicode.Scalar) -> String {
        var name = ""
        for scalar in text.unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            if isDigit, name.isEmpty { name = "_" }
            name.unicodeScalars.append(isDigit || isLetter || scalar == extra ? scalar : "_")
        }
        return name.isEmpty ? "_" : name
    }
}

import ArgumentParser

/// `--config FILE`
struct ConfigurationFlag: ParsableArguments {
    @Option(
        name: [.short, .customLong("config")],
        help: "The configuration to read (default: config.yaml, if there is one).")
    var file: String?

    /// The file that is meant.
    var source: ConfigurationSource { ConfigurationSource(file: file) }
}

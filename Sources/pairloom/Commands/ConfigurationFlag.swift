import ArgumentParser

/// `--config FILE`
struct ConfigurationFlag: ParsableArguments {
    @Option(
        name: [.short, .customLong("config")],
        help: "The configuration to read (default: config.yaml, if there is one).")
    var file: String?

    /// The file that is meant.
    var source: ConfigurationSource { source(host: nil) }

    /// The file that is meant, for a server.
    ///
    /// - Parameter host: the address to listen on, if the command line names one.
    func source(host: String?) -> ConfigurationSource { ConfigurationSource(file: file, host: host) }
}

import ConfigFile
import Foundation
import Logging
import Metrics
import NIOCore
import NIOPosix
import PairloomServer
import ProviderKit
import Rooms
import ServiceLifecycle
import UnixSignals

/// One run of the server: everything is started in order, served until a signal comes, and closed in reverse.
struct ServerRun {
    let source: ConfigurationSource
    let configuration: Configuration
    /// Overrides of the command line.
    let host: String?
    let port: Int?

    func run() async throws {
        LogOutput.start(configuration.log)
        configuration.logWarnings()
        for folder in AssetFolder.all(in: configuration) { try folder.check() }
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let (store, exchangeable) = try await ProviderStart(configuration: configuration).start()
        let isLoopback = OriginPolicy.isLoopback(host ?? configuration.server.host)
        let live = LiveSettings(
            .init(
                configuration, storage: configuration.storage.name, isLoopback: isLoopback,
                suggestions: exchangeable.suggestions))
        await FastAPINotice(configuration: configuration, file: source.file).log(besides: store)
        do {
            try await serve(store, exchangeable.policy, live, isLoopback: isLoopback, metrics: metrics)
        } catch {
            await close(store, live)
            throw failure(error)
        }
        await close(store, live)
    }

    /// Closes the providers in the reverse order of their start.
    private func close(_ store: any RoomStore, _ live: LiveSettings) async {
        await live.current.suggestions.close()
        await store.close()
    }

    private func serve(
        _ store: any RoomStore, _ policy: NamedPolicy, _ live: LiveSettings, isLoopback: Bool,
        metrics: PrometheusMetrics
    ) async throws {
        // Loops that end with the process, not before: when everything else has ended, a room on one loop may still have
        // something to tell a connection on another, such as that it has left.
        NIOSingletons.groupLoopCountSuggestion = System.usableCoreCount
        let eventLoops = MultiThreadedEventLoopGroup.singleton
        let logger = Logger(label: "pairloom")
        let journal = Journal(
            store: store, eventLoops: Array(eventLoops.makeIterator()),
            options: JournalOptions(configuration.journal), clock: .system, logger: Logger(label: "pairloom.journal"))
        let directory = RoomDirectory(
            store: store, journal: journal, policy: policy, options: DirectoryOptions(configuration), clock: .system,
            logger: Logger(label: "pairloom.rooms"))
        let capacity = try connectionCapacity(logger)
        let context = ServerContext(
            directory: directory, live: live,
            options: ServerOptions(configuration, host: host, port: port, capacity: capacity),
            version: Version.current, health: { await journal.checkHealth() },
            metricsText: { metrics.text() + ProcessMetrics().text() }, logger: logger)
        let server = PairloomServer(context: context, eventLoopGroup: eventLoops) { announce($0, live.current.names) }
        let reloadLogger = Logger(label: "pairloom.reload")
        let reload = Reload(
            source: source, started: configuration, isLoopback: isLoopback, server: server, live: live,
            logger: reloadLogger)
        let reloading = await ReloadService(
            reload: reload, processFile: ProcessFile(besides: source.path), logger: reloadLogger)
        // Stopped in the reverse order: first no more connections, then no more rooms, then nothing left to save. A
        // reload that takes its time must not hold that up.
        let stopTime = configuration.journal.drainTimeout + .milliseconds(1_600)
        let services: [any Service] = [
            reloading, JournalService(journal: journal), DirectoryService(directory: directory), server,
            StopDeadline(limit: stopTime + .milliseconds(300), logger: logger),
        ]
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = stopTime
        try await ServiceGroup(configuration: group).run()
    }

    /// How many connections the system leaves room for, now that everything else is open.
    private func connectionCapacity(_ logger: Logger) throws(Failure) -> ConnectionCapacity {
        let limit = OpenFiles.limit
        guard let capacity = ConnectionCapacity(openFiles: limit, inUse: OpenFiles.count) else {
            throw OpenFiles.tooFew(limit)
        }
        let wanted = configuration.limits.connections
        let possible = capacity.sockets(limit: wanted)
        if possible < wanted {
            logger.warning(
                """
                limits.connections is \(wanted), but the system lets this process open only \(limit) files at once: \
                \(possible) WebSocket connections will be accepted. Raise the limit with ulimit -n, or LimitNOFILE= in a \
                systemd unit.
                """)
        }
        return capacity
    }

    /// The one line on stdout that says that clients may come.
    private func announce(_ address: String, _ names: ProviderNames) {
        print(
            "Pairloom \(Version.current) is ready at \(address) (storage: \(names.storage), "
                + "autocomplete: \(names.autocomplete), conflict: \(names.policy))")
        fflush(nil)
    }

    /// What an error says to an operator.
    private func failure(_ error: any Error) -> Failure {
        switch error {
        case let error as Failure: error
        case let error as IOError: cannotListen(Self.problem(of: error))
        case is SocketAddressError.UnknownHost: cannotListen("there is no such host")
        default: Failure(message: "the server cannot go on: \(Self.line(error))", code: .general)
        }
    }

    private func cannotListen(_ problem: String) -> Failure {
        let host = host ?? configuration.server.host
        let address = "\(host.contains(":") ? "[\(host)]" : host):\(port ?? configuration.server.port)"
        return Failure(message: "cannot listen on \(address): \(problem)", code: .general)
    }

    private static func line(_ error: any Error) -> String {
        "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func problem(of error: IOError) -> String {
        switch error.errnoCode {
        case EADDRINUSE: "the port is in use; stop what uses it, or choose another with --port"
        case EACCES: "the system does not allow it; ports below 1024 need privileges"
        case EADDRNOTAVAIL: "this machine has no such address"
        default: String(cString: strerror(error.errnoCode))
        }
    }
}

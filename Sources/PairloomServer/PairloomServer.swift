import Hummingbird
import HummingbirdCore
package import NIOCore
import ServiceLifecycle

/// The server: HTTP and WebSockets on one port.
package struct PairloomServer: Service {
    private let application: Application<RouterResponder<ClientContext>>

    /// - Parameters:
    ///   - eventLoopGroup: the loops that connections live on; the journal's as well.
    ///   - onReady: called once, with the address to reach the server at, when it listens.
    package init(
        context: ServerContext, eventLoopGroup: any EventLoopGroup,
        onReady: @escaping @Sendable (String) -> Void
    ) {
        let options = context.options
        let sockets = SocketFactory(context, eventLoops: Array(eventLoopGroup.makeIterator()))
        application = Application(
            router: makeRouter(context),
            server: HTTPServerBuilder { responder in
                let configuration = HTTP1Channel.Configuration(idleTimeout: TimeAmount(options.limits.requestTimeout))
                return PairloomChannel(
                    http: HTTP1Channel(responder: responder, configuration: configuration),
                    directory: context.directory, options: options, sockets: sockets)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), backlog: 1_024,
                availableConnectionsDelegate: .maximum(
                    options.limits.connections + Self.connectionsBeside, logger: context.logger)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? options.port
                onReady("http://\(options.host.contains(":") ? "[\(options.host)]" : options.host):\(port)")
            },
            eventLoopGroupProvider: .shared(eventLoopGroup), logger: context.logger)
    }

    /// Serves until a graceful shutdown begins and every connection has ended, or is cut off for taking too long.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                try await gracefulShutdown()
                try await Task.sleep(for: Self.patience)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// How many connections there may be besides those of WebSockets; more wait to be accepted.
    private static let connectionsBeside = 1_000

    /// How long requests that are under way may take to end when the server does.
    private static let patience = Duration.milliseconds(1_500)
}

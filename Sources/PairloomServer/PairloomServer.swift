import Hummingbird
import HummingbirdCore
package import NIOCore
package import Rooms
import ServiceLifecycle

/// The server: HTTP and WebSockets on one port.
package struct PairloomServer: Service {
    private let application: Application<RouterResponder<ClientContext>>
    private let context: ServerContext
    private let sockets: SocketFactory

    /// - Parameters:
    ///   - eventLoopGroup: the loops that connections live on; the journal's as well.
    ///   - onReady: called once, with the address to reach the server at, when it listens.
    package init(
        context: ServerContext, eventLoopGroup: any EventLoopGroup,
        onReady: @escaping @Sendable (String) -> Void
    ) {
        let options = context.options
        let live = context.live
        let sockets = SocketFactory(context, eventLoops: Array(eventLoopGroup.makeIterator()))
        let routes = allRoutes(context)
        let routeNames = RouteNames(routes)
        self.context = context
        self.sockets = sockets
        application = Application(
            router: makeRouter(context, of: routes),
            server: HTTPServerBuilder { responder in
                PairloomChannel(
                    http: HTTP1Channel(responder: responder), directory: context.directory, live: live,
                    routes: routeNames, refusals: context.refusals, sockets: sockets)
            },
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), backlog: 1_024,
                availableConnectionsDelegate: ConnectionBound(live: live, sockets: sockets.connections)),
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

    /// Changes what may change while the server runs: for new requests and connections, for connections that are open,
    /// and for every room. Nobody is sent away. When it returns, all of it is in force.
    ///
    /// - Parameter policy: the conflict policy of the rooms that are opened from now on.
    package func apply(_ values: LiveSettings.Values, policy: NamedPolicy) async {
        context.live.replace(by: values)
        await sockets.apply(values.limits)
        await context.directory.update(
            policy: policy, members: values.limits.membersPerRoom, document: values.limits.document)
    }

    /// How long requests that are under way may take to end when the server does.
    private static let patience = Duration.milliseconds(1_500)
}

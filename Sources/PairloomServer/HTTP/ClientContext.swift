import HTTPTypes
package import Hummingbird
import NIOCore

/// What surrounds a request: Hummingbird's own storage, and the connection that it came on.
package struct ClientContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The client that sent a request, and the address that it used.
    func source(of request: Request, by proxies: TrustedProxies) -> RequestSource {
        proxies.source(from: channel.remoteAddress.flatMap(IPAddress.init)) { name in
            if name == "host" { return request.head.authority.map { [$0] } ?? [] }
            return HTTPField.Name(name).map { request.headers[values: $0] } ?? []
        }
    }

    /// Calls `action` once the client has gone away, or sends nothing more. It takes the place of an older action.
    ///
    /// A client that closes its half of a connection is taken for gone: nothing tells it from one that is.
    func onDeparture(_ action: @escaping @Sendable () -> Void) {
        channel.eventLoop.execute { [channel] in
            let watch = try? channel.pipeline.syncOperations.handler(type: DepartureWatch.self)
            watch?.onDeparture(action)
        }
    }
}

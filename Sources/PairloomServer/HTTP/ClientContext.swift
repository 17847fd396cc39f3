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

    /// The address that the connection comes from, without its port; empty when it has none.
    var address: String { channel.remoteAddress?.ipAddress ?? "" }

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

package import NIOCore
import NIOPosix

/// How a client behaves on the network.
package struct ClientOptions: Sendable {
    /// Whence the client takes the one event loop that it lives on.
    package var group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    /// The pauses before a new connection.
    package var reconnectPauses = Pauses(shortest: .milliseconds(100), longest: .seconds(10))
    /// The pauses before an edit is sent again that the server could not take.
    package var retryPauses = Pauses(shortest: .milliseconds(200), longest: .seconds(10))
    /// How long it may take from the first packet to the welcome.
    package var connectTimeout = Duration.seconds(10)
    /// How long the server may take to answer a close frame.
    package var closeTimeout = Duration.seconds(2)
    /// The longest message that is read, in bytes.
    package var messageLimit = 64 * 1024 * 1024

    package init() {}
}

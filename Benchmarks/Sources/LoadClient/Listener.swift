package import NIOCore

/// Who is told what comes over a connection. Used on the connection's loop alone.
package protocol Listener: AnyObject {
    /// The WebSocket is open.
    func didConnect()

    /// A message has come. What this throws ends the connection.
    ///
    /// - Parameter time: when it came.
    func didReceive(_ message: ByteBufferView, at time: NIODeadline) throws

    /// The connection has ended, and not by ``Connection/close()``. Told once, and nothing after it.
    func didFail(_ error: LoadError)
}

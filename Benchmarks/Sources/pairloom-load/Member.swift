import LoadClient
import NIOCore

/// One member of a room: sends what its voice says, tells the run what arrives.
final class Member: Listener {
    /// The member's place among all members of the run.
    let index: Int
    let voice: any Voice
    private let run: LoadRun
    private var connection: Connection?

    init(index: Int, voice: any Voice, run: LoadRun) {
        self.index = index
        self.voice = voice
        self.run = run
    }

    /// Enters a room. To be called on the loop.
    func join(_ room: String, on loop: any EventLoop) {
        connection = .open(
            "/ws/\(room)", of: run.options.server, subprotocol: type(of: voice).subprotocol, on: loop, listener: self)
    }

    /// Sends the next message at once, stamped with a time.
    func send(stamped time: NIODeadline) {
        connection?.send { voice.write(into: &$0, stamped: time) }
    }

    /// Hangs up.
    func leave() {
        connection?.close()
    }

    func didConnect() {
        if type(of: voice).isWelcomeUnasked { run.memberDidJoin() }
    }

    func didReceive(_ message: ByteBufferView, at now: NIODeadline) throws {
        switch try voice.receive(message) {
        case .delivery(let writer, let time): run.memberDidReceive(from: writer, after: now - (time ?? now))
        case .acknowledgement: run.memberIsReady(self)
        case .refusal(let why): run.memberWasRefused(self, why: why)
        case .welcome: run.memberDidJoin()
        case .nothing: break
        }
    }

    func didFail(_ error: LoadError) {
        run.fail(error)
    }
}

import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import PairloomServer

@Suite("A client that goes away is noticed")
struct DepartureWatchTests {
    private let calls = CallLog()

    @Test("when it closes its half of the connection, or all of it", arguments: [true, false])
    func departs(closesHalf: Bool) throws {
        let watch = DepartureWatch()
        let channel = EmbeddedChannel(handler: watch)
        watch.onDeparture(calls.action("gone"))
        #expect(calls.names.isEmpty)
        if closesHalf {
            channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else {
            channel.pipeline.fireChannelInactive()
        }
        #expect(calls.names == ["gone"])
        _ = try channel.finish()
        #expect(calls.names == ["gone"])
    }

    @Test("by the newest request alone: a connection that is kept holds nothing of older ones")
    func keepsOne() throws {
        let watch = DepartureWatch()
        let channel = EmbeddedChannel(handler: watch)
        for number in 1...1_000 { watch.onDeparture(calls.action("\(number)")) }
        _ = try channel.finish()
        #expect(calls.names == ["1000"])
    }

    @Test("even when it had gone before")
    func wasGone() throws {
        let watch = DepartureWatch()
        let channel = EmbeddedChannel(handler: watch)
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        watch.onDeparture(calls.action("late"))
        #expect(calls.names == ["late"])
        _ = try channel.finish()
    }
}

/// What was called, in order.
private final class CallLog: Sendable {
    private let log = Mutex<[String]>([])

    var names: [String] { log.withLock { $0 } }

    func action(_ name: String) -> @Sendable () -> Void {
        { [self] in log.withLock { $0.append(name) } }
    }
}

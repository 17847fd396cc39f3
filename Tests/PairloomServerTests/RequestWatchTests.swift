import NIOHTTP1
import Testing

@testable import PairloomServer

@Suite struct RequestWatchTests {
    private func head(
        _ headers: [(String, String)] = [], version: HTTPVersion = .http1_1
    ) -> HTTPRequestHead {
        HTTPRequestHead(version: version, method: .POST, uri: "/rooms", headers: HTTPHeaders(headers))
    }

    private let end = HTTPServerResponsePart.end(nil)

    private func answerHead(of watch: inout RequestWatch) -> HTTPHeaders {
        guard case .head(let head) = watch.answer(.head(HTTPResponseHead(version: .http1_1, status: .ok))) else {
            return [:]
        }
        return head.headers
    }

    @Test func aKeptConnectionGoesOn() {
        var watch = RequestWatch(bodyLimit: 10)
        #expect(watch.isIdle)
        #expect(watch.begin(head()).head.headers.isEmpty)
        #expect(!watch.isIdle)
        #expect(answerHead(of: &watch).isEmpty)
        _ = watch.answer(end)
        #expect(watch.isIdle)
        #expect(!watch.isOver)
    }

    @Test(arguments: ["close", "Close", "TE, close"])
    func aConnectionThatIsNotKeptEndsWithTheAnswer(value: String) {
        var watch = RequestWatch(bodyLimit: 10)
        #expect(watch.begin(head([("Connection", value)])).head.headers["connection"] == ["close"])
        #expect(answerHead(of: &watch)["connection"] == ["close"])
        #expect(!watch.isOver)
        _ = watch.answer(end)
        #expect(watch.isOver)
    }

    @Test func anUpgradeThatNobodyTakesIsTakenOff() {
        var watch = RequestWatch(bodyLimit: 10)
        let passed = watch.begin(head([("Upgrade", "h2c"), ("Connection", "Upgrade")])).head.headers
        #expect(passed["upgrade"].isEmpty)
        #expect(passed["connection"] == ["close"])
    }

    @Test func whoAsksFirstIsToldToGoOnIfTheBodyMayCome() {
        func expects(_ length: String) -> Bool {
            var watch = RequestWatch(bodyLimit: 10)
            return watch.begin(head([("Expect", "100-continue"), ("Content-Length", length)])).expectsContinue
        }
        #expect(expects("10"))
        #expect(!expects("11"))
        var busy = RequestWatch(bodyLimit: 10)
        _ = busy.begin(head())
        let second = busy.begin(head([("Expect", "100-continue")]))
        #expect(!second.expectsContinue, "the answer before it is not written yet")
    }

    @Test func aBodyBeyondItsBoundIsDropped() {
        var watch = RequestWatch(bodyLimit: 10)
        _ = watch.begin(head([("Transfer-Encoding", "chunked")]))
        let taken = (0..<4).map { _ in watch.takeBody(6) }
        #expect(taken == [true, true, false, false])
        _ = watch.answer(end)
        #expect(watch.isOver)
    }
}

import NIOHTTP1

/// What is known of the requests of a connection: which are not answered yet, whether it may be used again, and whether
/// the one that is coming in stays within its bound. A value, without a channel.
struct RequestWatch {
    /// The bytes that a body may have and be answered; a longer one is not read to its end.
    var bodyLimit: Int
    /// Requests that began and are not answered yet.
    private var open = 0
    private var bodyCount = 0
    /// How many answers come before the last one; nil as long as the connection may be used again.
    private var answersBeforeLast: Int?

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// Whether every request is answered.
    var isIdle: Bool { open == 0 }

    /// Whether the connection is to be closed, everything being answered.
    var isOver: Bool { answersBeforeLast != nil && isIdle }

    /// Takes the head of a request; what comes back is how it is passed on, and whether the client waits for a word before
    /// it sends the body (RFC 9110, section 10.1.1).
    mutating func begin(_ head: HTTPRequestHead) -> (head: HTTPRequestHead, expectsContinue: Bool) {
        var head = head
        let announced = head.headers.first(name: "content-length").flatMap { UInt64($0) } ?? 0
        let isUpgrade = head.headers.contains(name: "upgrade")
        if isUpgrade || !head.isKeepAlive || head.version != .http1_1 || announced > bodyLimit {
            answersBeforeLast = answersBeforeLast ?? open
        }
        if isUpgrade { head.headers.remove(name: "upgrade") }
        if answersBeforeLast != nil { head.headers.replaceOrAdd(name: "connection", value: "close") }
        let expects = head.headers.first(name: "expect")?.lowercased() == "100-continue"
        defer {
            open += 1
            bodyCount = 0
        }
        return (head, expects && isIdle && announced <= bodyLimit)
    }

    /// Takes a part of a body; false when it is beyond what may come, and is to be dropped.
    mutating func takeBody(_ count: Int) -> Bool {
        guard bodyCount <= bodyLimit else { return false }
        bodyCount += count
        // This part is passed on, so that who reads the body sees that it is too long; and the answer is the last.
        if bodyCount > bodyLimit { answersBeforeLast = answersBeforeLast ?? max(0, open - 1) }
        return true
    }

    /// Takes a part of an answer; what comes back is how it is passed on.
    mutating func answer(_ part: HTTPServerResponsePart) -> HTTPServerResponsePart {
        switch part {
        case .head(var head) where answersBeforeLast == 0:
            head.headers.replaceOrAdd(name: "connection", value: "close")
            return .head(head)
        case .end:
            open -= 1
            if let count = answersBeforeLast, count > 0 { answersBeforeLast = count - 1 }
            return part
        case .head, .body:
            return part
        }
    }
}

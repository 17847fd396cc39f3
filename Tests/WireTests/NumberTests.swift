import CollabText
import NIOCore
import Testing
import Wire

@Suite("Numbers: each is in its range, or refused by its field's name")
struct NumberTests {
    /// A number as it may stand in JSON, and what it is in a message; nil when no message may carry it.
    struct Literal: Sendable, CustomTestStringConvertible {
        let text: String
        let value: Int?

        init(_ text: String, _ value: Int? = nil) {
            self.text = text
            self.value = value
        }

        var testDescription: String { text.count > 30 ? "\(text.prefix(20))… (\(text.count))" : text }
    }

    static let literals = [
        Literal("0", 0), Literal("7", 7), Literal("2147483647", 2_147_483_647), Literal("2147483648", 2_147_483_648),
        Literal("4294967296", 4_294_967_296), Literal("9007199254740990", 9_007_199_254_740_990),
        Literal("9007199254740991", 9_007_199_254_740_991), Literal("9007199254740992"), Literal("9007199254740993"),
        Literal("9223372036854775806"), Literal("9223372036854775807"), Literal("9223372036854775808"),
        Literal("18446744073709551615"), Literal("18446744073709551616"), Literal("99999999999999999999999999"),
        Literal("1" + String(repeating: "0", count: 400)), Literal(String(repeating: "9", count: 5_000)),
        Literal("-0"), Literal("-1"), Literal("-9223372036854775808"), Literal("-9223372036854775809"),
        Literal("5.0"), Literal("1.5"), Literal("1e1"), Literal("1e-5"), Literal("1E+18"), Literal("1e30"),
        Literal("1e308"), Literal("1e400"), Literal("-1e400"), Literal("0e99999999999999999999"),
        Literal("true"), Literal(#""7""#), Literal("[]"), Literal("{}"),
    ]

    /// What JSON does not allow.
    static let brokenLiterals = ["007", "+7", "-", "1.", ".5", "1e", "0x7", "NaN", "Infinity", "1_000", "٧"]

    // MARK: Messages of clients

    /// Every field of a client's message that is a number, as `#` in a message of it, and its path.
    static let clientFields = [
        (#"{"type":"code_update","code":"x","revision":#}"#, "revision"),
        (#"{"type":"code_update","id":"e","code":"x","revision":#}"#, "revision"),
        (#"{"type":"edit","id":"e","revision":#,"changes":[]}"#, "revision"),
        (#"{"type":"edit","id":"e","revision":0,"changes":[{"from":#,"to":9007199254740991}]}"#, "changes[0].from"),
        (#"{"type":"edit","id":"e","revision":0,"changes":[{"from":0,"to":#,"insert":"x"}]}"#, "changes[0].to"),
        (
            #"{"type":"edit","id":"e","revision":0,"changes":[{"from":0,"to":0},{"from":0,"to":#}]}"#,
            "changes[1].to"
        ),
        (#"{"type":"presence","cursor":{"anchor":#,"head":0}}"#, "cursor.anchor"),
        (#"{"type":"presence","cursor":{"anchor":0,"head":#},"revision":3}"#, "cursor.head"),
        (#"{"type":"presence","cursor":{"anchor":0,"head":0},"revision":#}"#, "revision"),
        (#"{"type":"complete","id":"q","position":#}"#, "position"),
        (#"{"type":"complete","id":"q","position":0,"revision":#}"#, "revision"),
    ]

    @Test("in a client's message", arguments: literals)
    func inClientMessages(literal: Literal) throws {
        for (template, path) in Self.clientFields {
            for dialect in [WireDialect.change, .seed] where dialect == .change || template.contains("code_update") {
                let message = Self.filled(template, literal.text)
                let read = Result { () throws(MessageError) in
                    try ClientMessage(decoding: message, in: dialect, documentLimit: 100)
                }
                check(read, literal, path) { $0.write(into: &$1) }
                if case .failure(let error) = read, dialect == .change {
                    #expect(error.editID == (template.contains(#""id":"e""#) ? "e" : nil))
                }
            }
        }
    }

    @Test("what is no number in JSON is told so", arguments: brokenLiterals)
    func broken(literal: String) {
        for (template, _) in Self.clientFields {
            let error = #expect(throws: MessageError.self) {
                try ClientMessage(decoding: Self.filled(template, literal), in: .change, documentLimit: 100)
            }
            #expect(error?.code == .invalidJSON)
        }
        for (template, _) in Self.serverFields {
            let error = #expect(throws: MessageError.self) {
                try ServerMessage(decoding: Self.filled(template, literal))
            }
            #expect(error?.code == .invalidJSON)
        }
    }

    // MARK: Messages of the server

    private static let members = #"[{"clientId":"a","cursor":{"anchor":1,"head":1}}]"#
    private static let welcome =
        #""clientId":"a","session":"s","language":"go","policy":"merge","members":\#(members)"#
    private static let limits = #"{"document":1,"message":1,"members":1,"messagesPerSecond":1}"#

    /// Every field of a server's message that is a number, as `#` in a message of it, and its path.
    static let serverFields =
        [
            (#"{"type":"code_update","code":"x","revision":#}"#, "revision"),
            (#"{"type":"edit","author":"a","changes":[],"revision":#}"#, "revision"),
            (
                #"{"type":"edit","author":"a","changes":[{"from":#,"to":9007199254740991}],"revision":1}"#,
                "changes[0].from"
            ),
            (#"{"type":"edit","author":"a","changes":[{"from":0,"to":#}],"revision":1}"#, "changes[0].to"),
            (#"{"type":"ack","id":"1","revision":#}"#, "revision"),
            (#"{"type":"saved","revision":#}"#, "revision"),
            (#"{"type":"rejected","id":"1","reason":"conflict","revision":#}"#, "revision"),
            (
                #"{"type":"rejected","id":"1","reason":"conflict","revision":1,"changes":[{"from":0,"to":#}]}"#,
                "changes[0].to"
            ),
            (#"{"type":"resync","code":"x","revision":#}"#, "revision"),
            (#"{"type":"completion","id":"q","suggestion":"x","revision":#}"#, "revision"),
            (
                #"{"type":"presence","members":[{"clientId":"a","cursor":{"anchor":#,"head":0}}]}"#,
                "members[0].cursor.anchor"
            ),
            (
                #"{"type":"presence","members":[{"clientId":"a","cursor":{"anchor":0,"head":#}}]}"#,
                "members[0].cursor.head"
            ),
            (#"{"type":"welcome","code":"x","revision":#,"saved":0,"limits":\#(limits),\#(welcome)}"#, "revision"),
            (#"{"type":"welcome","code":"x","revision":0,"saved":#,"limits":\#(limits),\#(welcome)}"#, "saved"),
            (
                #"{"type":"resumed","edits":[{"revision":#,"author":"a","changes":[]}],"revision":0,"saved":0,"#
                    + #""limits":\#(limits),\#(welcome)}"#, "edits[0].revision"
            ),
            (
                #"{"type":"resumed","edits":[{"revision":1,"author":"a","changes":[{"from":0,"to":#}]}],"#
                    + #""revision":0,"saved":0,"limits":\#(limits),\#(welcome)}"#, "edits[0].changes[0].to"
            ),
        ]
        + ["document", "message", "members", "messagesPerSecond"].map { name in
            let limits = Self.limits.replacing(#""\#(name)":1"#, with: ##""\##(name)":#"##)
            return (
                #"{"type":"welcome","code":"x","revision":0,"saved":0,"limits":\#(limits),\#(welcome)}"#,
                "limits.\(name)"
            )
        }

    @Test("in a server's message", arguments: literals)
    func inServerMessages(literal: Literal) throws {
        for (template, path) in Self.serverFields {
            let message = Self.filled(template, literal.text)
            let read = Result { () throws(MessageError) in try ServerMessage(decoding: message) }
            check(read, literal, path) { $0.write(into: &$1) }
        }
    }

    /// Whether a message was read with the number, or refused for it.
    private func check<Message>(
        _ read: Result<Message, MessageError>, _ literal: Literal, _ path: String,
        write: (Message, inout ByteBuffer) -> Void
    ) {
        switch read {
        case .success(let message):
            var written = ByteBuffer()
            write(message, &written)
            let name = path.split(separator: ".").last ?? ""
            let isThere = literal.value.map { String(buffer: written).contains("\"\(name)\":\($0)") } ?? false
            #expect(isThere, "\(path) is \(literal.testDescription) in \(String(buffer: written))")
        case .failure(let error):
            #expect(literal.value == nil, "\(path): \(error)")
            #expect(error.code == .invalidMessage)
            #expect(error.detail.hasPrefix("The field \"\(path)\" must be "), "\(error.detail)")
        }
    }

    // MARK: Bodies

    /// The same literals as pydantic's lax rules read them; nil when they are no whole number.
    private static func laxValue(of literal: Literal) -> Double? {
        switch literal.text {
        case "true": 1
        case #""7""#: 7
        case "1.5", "1e-5", "[]", "{}": nil
        default: Double(literal.text)
        }
    }

    @Test("a cursor is clamped to the code, whatever whole number it is", arguments: literals)
    func cursors(literal: Literal) throws {
        let json = #"{"code":"a😀b","cursorPosition":\#(literal.text),"language":"go"}"#
        let body = Result { () throws(BodyError) in
            try AutocompleteBody(decoding: ByteBuffer(string: json), documentLimit: 100)
        }
        guard let value = Self.laxValue(of: literal) else {
            #expect(throws: BodyError.self) { try body.get() }
            return
        }
        #expect(try body.get().cursorPosition == Int(min(max(value, 0), 4)))
    }

    @Test("a position in the middle of a surrogate pair is the beginning of the pair")
    func cursorsInPairs() throws {
        for (position, expected) in [(0, 0), (1, 1), (2, 1), (3, 3), (4, 3), (5, 5), (6, 6), (7, 6)] {
            let json = #"{"code":"a😀😀b","cursorPosition":\#(position),"language":"go"}"#
            let body = try AutocompleteBody(decoding: ByteBuffer(string: json), documentLimit: 100)
            #expect(body.cursorPosition == expected)
        }
    }

    /// Every field of an edit over REST that is a number, as `#` in a body of it, and its path.
    static let patchFields = [
        (#"{"code":"x","revision":#}"#, #"["body","revision"]"#),
        (#"{"changes":[],"revision":#}"#, #"["body","revision"]"#),
        (#"{"changes":[{"from":#,"to":9007199254740991}]}"#, #"["body","changes",0,"from"]"#),
        (#"{"changes":[{"from":0,"to":0},{"from":0,"to":#,"insert":"x"}]}"#, #"["body","changes",1,"to"]"#),
    ]

    @Test("in the body of an edit", arguments: literals)
    func inPatchBodies(literal: Literal) {
        let value = Self.laxValue(of: literal)
        let isInRange = value.map { (0...Double(WireNumber.largest)).contains($0) } ?? false
        for (template, path) in Self.patchFields {
            do throws(BodyError) {
                let body = try PatchRoomBody(decoding: Self.filled(template, literal.text), documentLimit: 100)
                #expect(isInRange)
                if path.contains("revision") { #expect(body.revision.map(Double.init) == value) }
            } catch .invalid(let failure) {
                #expect(!isInRange, "\(failure)")
                var buffer = ByteBuffer()
                failure.write(into: &buffer)
                let answer = String(buffer: buffer)
                #expect(answer.contains("\"loc\":\(path)"), "\(answer)")
                let type = value.map { $0 < 0 ? "greater_than_equal" : "less_than_equal" } ?? "int_"
                #expect(answer.contains("\"type\":\"\(type)"), "\(answer)")
                #expect(answer.utf8.count < 1_000)
            } catch {
                Issue.record(error)
            }
        }
    }

    @Test("no number in the bodies that have none", arguments: literals)
    func inOtherBodies(literal: Literal) {
        for template in [#"{"code":#}"#, #"{"language":#}"#] where !literal.text.hasPrefix("\"") {
            #expect(throws: BodyError.self) {
                try CreateRoomBody(decoding: Self.filled(template, literal.text), documentLimit: 100)
            }
        }
    }

    @Test("a time is told in years of any length", arguments: [Int64.min, -1, 0, Int64.max])
    func times(milliseconds: Int64) {
        let room = RoomBody(
            id: "a", code: "", language: "go", revision: WireNumber.largest, createdAt: milliseconds,
            updatedAt: milliseconds)
        var buffer = ByteBuffer()
        room.write(into: &buffer)
        let years = [
            Int64.min: "-292275055-05-16T16:47:04.192Z", -1: "1969-12-31T23:59:59.999Z", 0: "1970-01-01T00:00:00.000Z",
            Int64.max: "292278994-08-17T07:12:55.807Z",
        ]
        #expect(String(buffer: buffer).contains(#""createdAt":"\#(years[milliseconds] ?? "")","#))
    }

    private static func filled(_ template: String, _ literal: String) -> ByteBuffer {
        ByteBuffer(string: template.replacing("#", with: literal))
    }
}

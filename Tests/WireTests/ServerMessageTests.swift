import CollabText
import NIOCore
import Testing
import Wire

@Suite("Messages from the server")
struct ServerMessageTests {
    private static let limits = WelcomeLimits(document: 1, message: 2, members: 3, messagesPerSecond: 4)
    private static let members = [
        MemberPresence(clientID: "a1"),
        MemberPresence(clientID: "b2", name: "Ada", color: "red", cursor: Cursor(anchor: 2, head: 5)),
    ]
    private static let change = [TextChange.Replacement(3..<5, insert: Array("é\"\n".utf16))]

    private static func welcome(_ start: Welcome.Start) -> ServerMessage {
        .welcome(
            Welcome(
                clientID: "a1", session: "s1", revision: 9, saved: 8, language: "go", policy: "merge",
                limits: limits, members: members,
                start: start))
    }

    private static let membersJSON =
        #"[{"clientId":"a1","name":null,"color":null,"cursor":null},"#
        + #"{"clientId":"b2","name":"Ada","color":"red","cursor":{"anchor":2,"head":5}}]"#
    private static let limitsJSON = #"{"document":1,"message":2,"members":3,"messagesPerSecond":4}"#
    private static let changeJSON = #"[{"from":3,"to":5,"insert":"é\"\n"}]"#

    static let shapes: [(ServerMessage, String)] = [
        (.codeUpdate(code: "a\n", revision: 3), #"{"type":"code_update","code":"a\n","revision":3}"#),
        (
            .error(MessageError(.invalidText, "No \"half\"."), in: .change),
            #"{"type":"error","code":"invalid_text","detail":"No \"half\"."}"#
        ),
        (
            .error(MessageError(.tooLarge, "No."), in: .seed),
            #"{"type":"error","error":"too_large","detail":"No."}"#
        ),
        (
            welcome(.code("x")),
            #"{"type":"welcome","protocol":"pairloom.v1","clientId":"a1","session":"s1","revision":9,"code":"x","#
                + #""saved":8,"language":"go","policy":"merge","limits":\#(limitsJSON),"members":\#(membersJSON)}"#
        ),
        (
            welcome(.edits([LoggedEdit(revision: 9, author: "b2", changes: change)])),
            #"{"type":"resumed","protocol":"pairloom.v1","clientId":"a1","session":"s1","revision":9,"#
                + #""saved":8,"language":"go","policy":"merge","limits":\#(limitsJSON),"members":\#(membersJSON),"#
                + #""edits":[{"revision":9,"author":"b2","changes":\#(changeJSON)}]}"#
        ),
        (
            .edit(revision: 10, author: "b2", changes: change),
            #"{"type":"edit","revision":10,"author":"b2","changes":\#(changeJSON)}"#
        ),
        (
            .edit(revision: 10, author: "b2", changes: [.init(0..<0, insert: [97]), .init(1..<2, insert: [])]),
            #"{"type":"edit","revision":10,"author":"b2","#
                + #""changes":[{"from":0,"to":0,"insert":"a"},{"from":1,"to":2,"insert":""}]}"#
        ),
        (.ack(id: "12", revision: 0, resyncs: false), #"{"type":"ack","id":"12","revision":0}"#),
        (.ack(id: "1é", revision: 7, resyncs: true), #"{"type":"ack","id":"1é","revision":7,"resync":true}"#),
        (.saved(revision: WireNumber.largest), #"{"type":"saved","revision":9007199254740991}"#),
        (
            .rejected(RejectedEdit(id: "1", reason: .tooLarge, revision: 4, detail: "Too long.")),
            #"{"type":"rejected","id":"1","reason":"too_large","revision":4,"detail":"Too long."}"#
        ),
        (
            .rejected(RejectedEdit(id: "1", reason: .conflict, revision: 4, remedy: .changes([]))),
            #"{"type":"rejected","id":"1","reason":"conflict","revision":4,"changes":[]}"#
        ),
        (
            .rejected(RejectedEdit(id: "1", reason: .conflict, revision: 4, remedy: .code("x"))),
            #"{"type":"rejected","id":"1","reason":"conflict","revision":4,"code":"x"}"#
        ),
        (.resync(revision: 5, code: ""), #"{"type":"resync","revision":5,"code":""}"#),
        (.presence(members), #"{"type":"presence","members":\#(membersJSON)}"#),
        (.presence([]), #"{"type":"presence","members":[]}"#),
    ]

    @Test("a message has the shape of the protocol, and reads back", arguments: shapes)
    func shape(message: ServerMessage, json: String) throws {
        var buffer = ByteBuffer()
        message.write(into: &buffer)
        #expect(String(buffer: buffer) == json)
        #expect(try ServerMessage(decoding: ByteBuffer(string: json)) == message)
    }

    @Test("what a client does not know is ignored", arguments: shapes)
    func unknownFields(message: ServerMessage, json: String) throws {
        let longer = #"{"new":{"type":[]},\#(json.dropFirst().dropLast()),"newer":null}"#
        #expect(try ServerMessage(decoding: ByteBuffer(string: longer)) == message)
    }

    @Test(
        "what is no message is told so",
        arguments: [
            ("{", MessageErrorCode.invalidJSON), (#"{"type":"news"}"#, .unknownType), ("{}", .invalidMessage),
            (#"{"type":"ack","id":"1"}"#, .invalidMessage), (#"{"type":"saved","revision":-1}"#, .invalidMessage),
            (#"{"type":"ack","id":"1","revision":1,"resync":1}"#, .invalidMessage),
            (#"{"type":"rejected","id":"1","reason":"mood","revision":1}"#, .invalidMessage),
            (#"{"type":"resync","revision":1,"code":"\ud800"}"#, .invalidText),
        ])
    func refusals(json: String, code: MessageErrorCode) {
        let error = #expect(throws: MessageError.self) { try ServerMessage(decoding: ByteBuffer(string: json)) }
        #expect(error?.code == code)
    }

    @Test(
        "a wrong field is named by its path",
        arguments: [
            (#"{"type":"presence","members":[{"clientId":"a"},{"clientId":5}]}"#, "members[1].clientId"),
            (#"{"type":"presence","members":[{"clientId":"a","cursor":{"anchor":1}}]}"#, "members[0].cursor.head"),
            (
                #"{"type":"resumed","edits":[{"revision":1,"author":"a","changes":[{"from":0,"to":0},3]}]}"#,
                "edits[0].changes[1]"
            ),
            (
                #"{"type":"welcome","code":"","clientId":"a","session":"s","revision":1,"saved":0,"language":"","policy":"merge","limits":{}}"#,
                "limits.document"
            ),
        ])
    func paths(json: String, path: String) {
        let error = #expect(throws: MessageError.self) { try ServerMessage(decoding: ByteBuffer(string: json)) }
        #expect(error?.code == .invalidMessage)
        #expect(error?.detail.hasPrefix("The field \"\(path)\" ") == true, "\(error?.detail ?? "")")
    }
}

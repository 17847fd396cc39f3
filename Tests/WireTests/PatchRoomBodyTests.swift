import CollabText
import NIOCore
import Testing
import Wire

@Suite("The body of PATCH /rooms/{id}")
struct PatchRoomBodyTests {
    private func decode(_ json: String, limit: Int = 100) throws(BodyError) -> PatchRoomBody {
        try PatchRoomBody(decoding: ByteBuffer(string: json), documentLimit: limit)
    }

    /// What the client is told, as JSON; the empty string when nothing is wrong.
    private func answer(_ json: String) -> String {
        do throws(BodyError) {
            _ = try decode(json)
            return ""
        } catch .invalid(let failure) {
            return text(failure)
        } catch {
            return "\(error)"
        }
    }

    private func text(_ failure: ValidationFailure) -> String {
        var buffer = ByteBuffer()
        failure.write(into: &buffer)
        return String(buffer: buffer)
    }

    /// A list of issues, each without its braces.
    private func detail(_ issues: String...) -> String {
        #"{"detail":[\#(issues.map { "{\($0)}" }.joined(separator: ","))]}"#
    }

    @Test("a whole text is read, with the revision that it was made on")
    func code() throws {
        let plain = try decode(#"{"code":"é"}"#)
        #expect(plain.content == .code("é"))
        #expect(plain.revision == nil)
        let based = try decode(#"{"code":"","changes":null,"revision":"7"}"#)
        #expect(based.content == .code(""))
        #expect(based.revision == 7)
        #expect(try decode(#"{"code":"","revision":null}"#).revision == nil)
    }

    @Test("changes are read as they were sent, by the lax rules of pydantic")
    func changes() throws {
        let body = try decode(
            #"{"code":null,"changes":[{"from":3,"to":"5","insert":"😀"},{"from":1.0,"to":2}],"revision":0}"#)
        #expect(
            body.content == .changes([.init(3..<5, insert: Array("😀".utf16)), .init(1..<2, insert: [])]))
        #expect(body.revision == 0)
        #expect(try decode(#"{"changes":[]}"#).content == .changes([]))
    }

    @Test("a body with neither code nor changes misses its code", arguments: ["{}", #"{"code":null,"changes":null}"#])
    func neither(json: String) {
        #expect(
            answer(json) == detail(#""type":"missing","loc":["body","code"],"msg":"Field required","input":\#(json)"#))
    }

    @Test("a body with code and changes is told to choose")
    func both() {
        #expect(
            answer(#"{"code":"","changes":[]}"#)
                == detail(
                    #""type":"value_error","loc":["body","changes"],"#
                        + #""msg":"Value error, give either code or changes, not both","input":[],"#
                        + #""ctx":{"error":"give either code or changes, not both"}"#))
    }

    @Test("all problems are told, in the order of the fields, each at its place")
    func problems() {
        let element = #"{"from":-1,"insert":5}"#
        #expect(
            answer(#"{"revision":-1,"changes":[{"from":0,"to":0},\#(element),7]}"#)
                == detail(
                    #""type":"greater_than_equal","loc":["body","changes",1,"from"],"#
                        + #""msg":"Input should be greater than or equal to 0","input":-1,"ctx":{"ge":0}"#,
                    #""type":"missing","loc":["body","changes",1,"to"],"msg":"Field required","input":\#(element)"#,
                    #""type":"string_type","loc":["body","changes",1,"insert"],"#
                        + #""msg":"Input should be a valid string","input":5"#,
                    #""type":"model_attributes_type","loc":["body","changes",2],"#
                        + #""msg":"Input should be a valid dictionary or object to extract fields from","input":7"#,
                    #""type":"greater_than_equal","loc":["body","revision"],"#
                        + #""msg":"Input should be greater than or equal to 0","input":-1,"ctx":{"ge":0}"#))
    }

    @Test(
        "a value of a wrong type is told so",
        arguments: [
            (#"{"code":5}"#, #""type":"string_type","loc":["body","code"]"#),
            (#"{"changes":{}}"#, #""type":"list_type","loc":["body","changes"],"msg":"Input should be a valid list""#),
            (#"{"changes":[{"from":null,"to":0}]}"#, #""type":"int_type","loc":["body","changes",0,"from"]"#),
            (#"{"changes":[{"from":0,"to":"x"}]}"#, #""type":"int_parsing","loc":["body","changes",0,"to"]"#),
            (
                #"{"changes":[{"from":0,"to":0,"insert":"\ud800"}]}"#,
                #""type":"string_unicode","loc":["body","changes",0,"insert"]"#
            ),
            (#"{"code":"","revision":[]}"#, #""type":"int_type","loc":["body","revision"]"#),
            ("[]", #""type":"model_attributes_type","loc":["body"]"#),
            ("null", #""type":"missing","loc":["body"]"#),
        ])
    func types(json: String, expected: String) {
        #expect(answer(json).contains(expected))
    }

    @Test("a range that ends before it begins is refused")
    func backwards() {
        #expect(
            answer(#"{"changes":[{"from":2,"to":1}]}"#)
                == detail(
                    #""type":"value_error","loc":["body","changes",0],"msg":"Value error, to is less than from","#
                        + #""input":{"from":2,"to":1},"ctx":{"error":"to is less than from"}"#))
    }

    @Test("the document limit bounds the code, and all inserted texts together")
    func tooLarge() throws {
        #expect(throws: BodyError.tooLarge(limit: 3)) { try decode(#"{"code":"éé"}"#, limit: 3) }
        let json = #"{"changes":[{"from":0,"to":0,"insert":"é"},{"from":0,"to":0,"insert":"é"}],"revision":-1}"#
        #expect(throws: BodyError.tooLarge(limit: 3)) { try decode(json, limit: 3) }
        #expect(throws: BodyError.self) { try decode(json, limit: 4) }
        #expect(try decode(#"{"changes":[{"from":0,"to":0,"insert":"éé"}]}"#, limit: 4).revision == nil)
    }

    @Test("a list of nonsense gets a short answer")
    func nonsense() {
        let many = answer(#"{"changes":[\#(Array(repeating: "1", count: 10_000).joined(separator: ","))]}"#)
        #expect(many.contains(#"["body","changes",99]"#))
        #expect(many.utf8.count < 20_000)
        let tooMany = answer(#"{"changes":[\#(Array(repeating: "1", count: 10_001).joined(separator: ","))]}"#)
        #expect(tooMany.contains(#""type":"too_long","loc":["body","changes"]"#))
        #expect(tooMany.contains(#""ctx":{"field_type":"List","max_length":10000,"actual_length":10001}"#))
        #expect(tooMany.utf8.count < 5_000)
    }

    @Test("changes that the room refuses are told with its reason")
    func refusedByRoom() {
        #expect(
            text(PatchRoomBody.invalid(changes: "it reaches past the end"))
                == detail(
                    #""type":"value_error","loc":["body","changes"],"msg":"Value error, it reaches past the end","#
                        + #""input":null,"ctx":{"error":"it reaches past the end"}"#))
    }
}

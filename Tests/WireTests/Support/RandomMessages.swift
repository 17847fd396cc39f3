import CollabText
import TestSupport
import Wire

/// Makes messages of every kind, out of texts with escapes, emoji, combining marks and right-to-left letters.
struct RandomMessages {
    var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func clientMessage() -> ClientMessage {
        switch number(below: 4) {
        case 0:
            .codeUpdate(CodeUpdate(id: optional { $0.id() }, code: text(), revision: optional { $0.position() }))
        case 1:
            .edit(EditMessage(id: id(), revision: position(), changes: changes()))
        case 2:
            .complete(CompleteMessage(id: id(), position: position(), revision: optional { $0.position() }))
        default:
            .presence(
                PresenceUpdate(
                    name: optional { $0.string(longest: 64) }, color: optional { $0.string(longest: 32) },
                    cursor: cursorUpdate(), revision: optional { $0.position() }))
        }
    }

    mutating func serverMessage() -> ServerMessage {
        switch number(below: 11) {
        case 0: .codeUpdate(code: text(), revision: position())
        case 1: .error(MessageError(any(MessageErrorCode.allCases), string()), in: any([.seed, .change]))
        case 2: .welcome(welcome(.code(text())))
        case 3: .welcome(welcome(.edits(list { $0.loggedEdit() })))
        case 4: .edit(revision: position(), author: id(), changes: changes())
        case 5: .ack(id: id(), revision: position(), resyncs: Bool.random(using: &random))
        case 6: .saved(revision: position())
        case 7: .rejected(rejectedEdit())
        case 8: .resync(revision: position(), code: text())
        case 9: .completion(id: id(), suggestion: string(), revision: position())
        default: .presence(list { $0.member() })
        }
    }

    mutating func text() -> TextBuffer {
        TextBuffer(units: units())
    }

    private mutating func units(longest: Int = 60) -> [UInt16] {
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x20...0x7E, 0x01...0x1F, 0x80...0x7FF, 0x300...0x36F, 0x5D0...0x5EA, 0x800...0xD7FF,
            0x2028...0x202E, 0x1F300...0x1FAFF, 0xFFFE...0x10000,
        ]
        var units: [UInt16] = []
        for _ in 0..<number(below: longest + 1) {
            let range = any(ranges)
            guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) else { continue }
            units.append(contentsOf: String(scalar).utf16)
        }
        return units
    }

    private mutating func string(longest: Int = 60) -> String {
        String(decoding: units(longest: longest), as: UTF16.self)
    }

    private mutating func id() -> String {
        "\(number(below: 100))" + string(longest: 60)
    }

    private mutating func changes() -> [TextChange.Replacement] {
        list { messages in
            let ends = [messages.position(), messages.position()].sorted()
            return TextChange.Replacement(ends[0]..<ends[1], insert: messages.units(longest: messages.any([0, 1, 60])))
        }
    }

    private mutating func cursor() -> Cursor {
        Cursor(anchor: position(), head: position())
    }

    private mutating func cursorUpdate() -> CursorUpdate {
        switch number(below: 3) {
        case 0: .unchanged
        case 1: .none
        default: .at(cursor())
        }
    }

    private mutating func member() -> MemberPresence {
        MemberPresence(
            clientID: id(), name: optional { $0.string() }, color: optional { $0.string() },
            cursor: optional { $0.cursor() })
    }

    private mutating func loggedEdit() -> LoggedEdit {
        LoggedEdit(revision: position(), author: id(), changes: changes())
    }

    private mutating func welcome(_ start: Welcome.Start) -> Welcome {
        let limits = WelcomeLimits(
            document: position(), message: position(), members: position(), messagesPerSecond: position())
        return Welcome(
            clientID: id(), session: id(), revision: position(), saved: position(), language: string(),
            policy: string(), limits: limits,
            members: list { $0.member() }, start: start)
    }

    private mutating func rejectedEdit() -> RejectedEdit {
        let remedy: RejectedEdit.Remedy? =
            switch number(below: 3) {
            case 0: nil
            case 1: .changes(changes())
            default: .code(text())
            }
        return RejectedEdit(
            id: id(), reason: any(RejectionReason.allCases), revision: position(), remedy: remedy,
            detail: optional { $0.string() })
    }

    /// A small number most of the time, and now and then one of the largest.
    private mutating func position() -> Int {
        number(below: 20) == 0 ? Int.random(in: WireNumber.range, using: &random) : number(below: 300)
    }

    private mutating func number(below end: Int) -> Int {
        Int.random(in: 0..<end, using: &random)
    }

    private mutating func any<Element>(_ elements: [Element]) -> Element {
        elements[number(below: elements.count)]
    }

    private mutating func optional<Value>(_ make: (inout Self) -> Value) -> Value? {
        number(below: 3) == 0 ? nil : make(&self)
    }

    private mutating func list<Value>(_ make: (inout Self) -> Value) -> [Value] {
        (0..<number(below: 4)).map { _ in make(&self) }
    }
}

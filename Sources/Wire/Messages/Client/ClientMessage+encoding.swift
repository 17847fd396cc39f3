package import NIOCore

extension ClientMessage {
    /// Writes the message as compact JSON; what is nil is left out.
    package func write(into buffer: inout ByteBuffer) {
        switch self {
        case .codeUpdate(let update): update.write(into: &buffer)
        case .edit(let edit): edit.write(into: &buffer)
        case .presence(let presence): presence.write(into: &buffer)
        case .complete(let question): question.write(into: &buffer)
        }
        buffer.writeStaticString("}")
    }
}

extension CodeUpdate {
    fileprivate func write(into buffer: inout ByteBuffer) {
        buffer.writeStaticString(#"{"type":"code_update""#)
        if let id { buffer.writeField(#","id":"#, id) }
        if let revision { buffer.writeField(#","revision":"#, revision) }
        buffer.writeField(#","code":"#, code)
    }
}

extension EditMessage {
    fileprivate func write(into buffer: inout ByteBuffer) {
        buffer.writeField(#"{"type":"edit","id":"#, id)
        buffer.writeField(#","revision":"#, revision)
        buffer.writeField(#","changes":"#, changes)
    }
}

extension PresenceUpdate {
    fileprivate func write(into buffer: inout ByteBuffer) {
        buffer.writeStaticString(#"{"type":"presence""#)
        if let name { buffer.writeField(#","name":"#, name) }
        if let color { buffer.writeField(#","color":"#, color) }
        switch cursor {
        case .unchanged: break
        case .none: buffer.writeField(#","cursor":"#, nil as Cursor?)
        case .at(let cursor): buffer.writeField(#","cursor":"#, cursor)
        }
        if let revision { buffer.writeField(#","revision":"#, revision) }
    }
}

extension CompleteMessage {
    fileprivate func write(into buffer: inout ByteBuffer) {
        buffer.writeField(#"{"type":"complete","id":"#, id)
        buffer.writeField(#","position":"#, position)
        if let revision { buffer.writeField(#","revision":"#, revision) }
    }
}

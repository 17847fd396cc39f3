package import NIOCore

extension ServerMessage {
    /// Writes the message as compact JSON.
    package func write(into buffer: inout ByteBuffer) {
        switch self {
        case .codeUpdate(let code, let revision):
            buffer.writeField(#"{"type":"code_update","code":"#, code)
            buffer.writeField(#","revision":"#, revision)
        case .error(let error, let dialect):
            switch dialect {
            case .seed: buffer.writeField(#"{"type":"error","error":"#, error.code.rawValue)
            case .change: buffer.writeField(#"{"type":"error","code":"#, error.code.rawValue)
            }
            buffer.writeField(#","detail":"#, error.detail)
        case .welcome(let welcome):
            welcome.write(into: &buffer)
        case .edit(let revision, let author, let changes):
            buffer.writeField(#"{"type":"edit","revision":"#, revision)
            buffer.writeField(#","author":"#, author)
            buffer.writeField(#","changes":"#, changes)
        case .ack(let id, let revision, let resyncs):
            buffer.writeField(#"{"type":"ack","id":"#, id)
            buffer.writeField(#","revision":"#, revision)
            if resyncs { buffer.writeStaticString(#","resync":true"#) }
        case .saved(let revision):
            buffer.writeField(#"{"type":"saved","revision":"#, revision)
        case .rejected(let rejected):
            rejected.write(into: &buffer)
        case .resync(let revision, let code):
            buffer.writeField(#"{"type":"resync","revision":"#, revision)
            buffer.writeField(#","code":"#, code)
        case .completion(let id, let suggestion, let revision):
            buffer.writeField(#"{"type":"completion","id":"#, id)
            buffer.writeField(#","suggestion":"#, suggestion)
            buffer.writeField(#","revision":"#, revision)
        case .presence(let members):
            buffer.writeField(#"{"type":"presence","members":"#, members)
        }
        buffer.writeStaticString("}")
    }
}

extension Welcome {
    fileprivate func write(into buffer: inout ByteBuffer) {
        switch start {
        case .code: buffer.writeStaticString(#"{"type":"welcome""#)
        case .edits: buffer.writeStaticString(#"{"type":"resumed""#)
        }
        buffer.writeField(#","protocol":"#, WireDialect.changeProtocol)
        buffer.writeField(#","clientId":"#, clientID)
        buffer.writeField(#","session":"#, session)
        buffer.writeField(#","revision":"#, revision)
        if case .code(let code) = start { buffer.writeField(#","code":"#, code) }
        buffer.writeField(#","saved":"#, saved)
        buffer.writeField(#","language":"#, language)
        buffer.writeField(#","policy":"#, policy)
        limits.write(into: &buffer)
        buffer.writeField(#","members":"#, members)
        if case .edits(let edits) = start { buffer.writeField(#","edits":"#, edits) }
    }
}

extension WelcomeLimits {
    fileprivate func write(into buffer: inout ByteBuffer) {
        buffer.writeField(#","limits":{"document":"#, document)
        buffer.writeField(#","message":"#, message)
        buffer.writeField(#","members":"#, members)
        buffer.writeField(#","messagesPerSecond":"#, messagesPerSecond)
        buffer.writeStaticString("}")
    }
}

extension RejectedEdit {
    fileprivate func write(into buffer: inout ByteBuffer) {
        buffer.writeField(#"{"type":"rejected","id":"#, id)
        buffer.writeField(#","reason":"#, reason.rawValue)
        buffer.writeField(#","revision":"#, revision)
        switch remedy {
        case .changes(let changes): buffer.writeField(#","changes":"#, changes)
        case .code(let code): buffer.writeField(#","code":"#, code)
        case nil: break
        }
        if let detail { buffer.writeField(#","detail":"#, detail) }
    }
}

/// A message from a client.
package enum ClientMessage: Sendable, Hashable {
    /// `code_update`: the client's whole text, in both dialects.
    case codeUpdate(CodeUpdate)
    /// `edit`: what the client changed.
    case edit(EditMessage)
    /// `presence`: who the client is and where its cursor stands.
    case presence(PresenceUpdate)
    /// `complete`: the client asks what comes next.
    case complete(CompleteMessage)
}

package import NIOCore

/// What to insert at the cursor: an empty string when there is nothing to say.
package struct CompletionBody: JSONBody, Hashable {
    package let suggestion: String
    /// The provider's name in the configuration.
    package let provider: String

    package init(suggestion: String, provider: String) {
        self.suggestion = suggestion
        self.provider = provider
    }

    package func write(into buffer: inout ByteBuffer) {
        buffer.writeJSON(["suggestion": .string(suggestion), "provider": .string(provider)])
    }
}

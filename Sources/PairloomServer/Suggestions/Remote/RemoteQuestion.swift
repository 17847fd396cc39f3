import CollabText
import ProviderKit

/// A question to a remote provider, by which the same question is known again.
struct RemoteQuestion: Sendable, Hashable {
    /// How far from the cursor, on either side, a text may differ to be another, in UTF-16 code units; farther away only
    /// its length counts.
    private static let reach = 32_768

    /// The provider's place in the chain.
    let link: Int
    private let language: String
    private let cursor: Int
    private let length: Int
    /// Seeded anew for each process, so nobody can look for two texts with the same one.
    private let digest: Int

    /// - Parameter remembered: whether answers are kept at all; else the text is not looked at.
    init(_ request: CompletionRequest, to link: Int, remembered: Bool) {
        self.link = link
        language = request.language
        cursor = request.cursor
        length = request.text.count
        let start = max(0, cursor - Self.reach)
        let end = min(length, cursor + Self.reach)
        digest = remembered ? request.text[start..<end].hashValue : 0
    }
}

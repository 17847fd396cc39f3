import Foundation
import ProviderKit

/// The key that the service asks for. It shows nowhere but in the header of a request.
struct APIKey: Sendable {
    /// The key itself: printable ASCII without spaces, so that nothing but it can get into the header.
    let text: String

    /// - Throws: what is wrong with it, without repeating it.
    init(checking text: String) throws(ProviderStartError) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else {
            throw ProviderStartError(
                "autocomplete.gemini.api_key is empty; set it, or the environment variable GEMINI_API_KEY, to a key "
                    + "of Google AI Studio")
        }
        guard trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ProviderStartError(
                "autocomplete.gemini.api_key has a character that no key has, such as a space; copy it again")
        }
        self.text = trimmed
    }

    /// A text without the key, on one line and not too long, for an operator.
    func scrubbed(_ text: String) -> String {
        let plain = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
        let line = plain.replacing(self.text, with: "[key]").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        return line.count > 300 ? line.prefix(300) + "…" : line
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "[key]" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}

import Foundation
import ProviderKit

/// The key that the service asks for. It shows nowhere but in the header of a request.
struct APIKey: Sendable {
    /// The key itself: printable ASCII without spaces, so that nothing but it can get into the header.
    let text: String

    /// - Throws: what is wrong with it, without repeating it.
    init(checking text: String) throws(ProviderStartError) {
        if let problem = Self.problem(of: text) {
            throw ProviderStartError("autocomplete.gemini.api_key \(problem.found); \(problem.help)")
        }
        self.text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What is wrong with a key, and what would do, without repeating it; nil when it may be one.
    static func problem(of text: String) -> (found: String, help: String)? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else {
            let help = "set it, or the variable GEMINI_API_KEY or GOOGLE_API_KEY, to a key of Google AI Studio"
            return ("is empty", help)
        }
        guard trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return ("has a character that no key has, such as a space", "copy it again")
        }
        return nil
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

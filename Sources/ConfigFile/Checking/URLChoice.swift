/// URLs of files, for a provider that can be told by one where its file is.
///
/// `auto` chooses the provider when the variable that it looks at holds such a URL, which then counts as the value of one
/// of the provider's options, whatever the file says. Where the file has a path, such a URL may stand for it.
package struct URLChoice: Sendable {
    private let schemes: [String]
    let provider: String
    let option: String

    /// - Parameters:
    ///   - schemes: in lower case, without a driver: `sqlite` stands for `sqlite+aiosqlite` too.
    ///   - option: the name of a path among the provider's options.
    package init(schemes: [String], provider: String, option: String) {
        self.schemes = schemes
        self.provider = provider
        self.option = option
    }

    /// Whether a text is such a URL.
    func matches(_ text: String) -> Bool {
        rest(of: Self.trimmed(text)) != nil
    }

    /// Such a URL, with its path made absolute; nil for any other text.
    ///
    /// As SQLAlchemy writes it, three slashes begin a relative path, and four an absolute one. A URL without such a
    /// path, or with one that begins with a drive of Windows, stays as it is, for the provider to refuse. In a folder
    /// with a `?` in its name, where the path of a URL would end, it becomes the path alone.
    func absolute(_ text: String, in folder: String) -> String? {
        let text = Self.trimmed(text)
        guard let rest = rest(of: text) else { return nil }
        let path = rest.dropFirst(3).prefix { $0 != "?" }
        guard rest.hasPrefix("///"), let first = path.first, first != "/", first != ":",
            path.prefixMatch(of: /[A-Za-z]:[\/\\]/) == nil
        else { return String(text) }
        let whole = FolderPath.absolute(String(path), in: folder)
        guard !whole.contains("?") else { return whole }
        return "\(text[..<rest.startIndex])///\(whole)\(text[path.endIndex...])"
    }

    /// What stands behind the scheme and its colon.
    private func rest(of text: Substring) -> Substring? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon].prefix { $0 != "+" }.lowercased()
        let rest = text[text.index(after: colon)...]
        return schemes.contains(scheme) && rest.hasPrefix("//") ? rest : nil
    }

    /// A text without the spaces and the line break that a variable's value may have around it.
    private static func trimmed(_ text: String) -> Substring {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

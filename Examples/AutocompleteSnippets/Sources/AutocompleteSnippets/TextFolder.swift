import Foundation
import ProviderKit

/// A folder with texts: files `LANGUAGE/WORD.txt`, each of which begins with its word.
struct TextFolder {
    /// The folder of the texts for every language.
    static let everyLanguage = "all"
    /// Far more than anybody writes; it keeps a wrong path from filling the memory.
    private static let mostFiles = 1_000
    private static let largestSize = 16_384

    let path: String
    /// Words with fewer letters are left out.
    let minimumLength: Int

    /// What follows each word, by language.
    func texts() throws(ProviderStartError) -> [String: [String: String]] {
        var texts: [String: [String: String]] = [:]
        var count = 0
        for language in try names(in: path) where isFolder("\(path)/\(language)") {
            for name in try names(in: "\(path)/\(language)") where name.hasSuffix(".txt") {
                count += 1
                if count > Self.mostFiles { throw ProviderStartError("\(path) has more than \(Self.mostFiles) files") }
                let word = String(name.dropLast(4))
                let rest = try rest(behind: word, in: "\(path)/\(language)/\(name)")
                if word.count >= minimumLength { texts[language.lowercased(), default: [:]][word] = rest }
            }
        }
        if texts.isEmpty {
            throw ProviderStartError("\(path) has no file LANGUAGE/WORD.txt of a word with \(minimumLength) letters")
        }
        return texts
    }

    private func names(in path: String) throws(ProviderStartError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw ProviderStartError("\(path) cannot be read; name a folder with files LANGUAGE/WORD.txt")
        }
    }

    private func isFolder(_ path: String) -> Bool {
        let url = URL(filePath: path).resolvingSymlinksInPath()
        return (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
    }

    /// What a file says behind its word.
    private func rest(behind word: String, in file: String) throws(ProviderStartError) -> String {
        guard word.utf16.allSatisfy(\.isWordPart) else {
            throw ProviderStartError("\(file) can never be asked for; name it by letters, digits and _")
        }
        var text = try content(of: file).replacing("\r\n", with: "\n")
        // The end of the last line, as editors write it.
        if text.hasSuffix("\n") { text.removeLast() }
        guard text.utf8.starts(with: word.utf8), text != word else {
            throw ProviderStartError("\(file) must begin with \(word), which has been typed by then, and go on")
        }
        return String(decoding: text.utf8.dropFirst(word.utf8.count), as: UTF8.self)
    }

    private func content(of file: String) throws(ProviderStartError) -> String {
        let url = URL(filePath: file).resolvingSymlinksInPath()
        let values = try? url.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
        // Whatever else there is may never end.
        guard values?.isRegularFile == true, values?.fileSize ?? 0 <= Self.largestSize,
            let data = try? Data(contentsOf: url), let text = String(validating: data, as: UTF8.self),
            !text.utf8.contains(0)
        else {
            throw ProviderStartError("\(file) is not a text in UTF-8 of at most \(Self.largestSize) bytes")
        }
        return text
    }
}

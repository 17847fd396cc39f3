import Foundation

/// A folder of an operator's, with files of further languages.
struct LanguageFolder {
    /// Far more than any file of rules needs; it keeps a wrong path from filling the memory.
    private static let largestSize = 1_048_576

    let path: String

    /// The files whose names end in `.yaml`, in the order of their names.
    func files() throws(RuleFileError) -> [(file: String, text: String)] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw RuleFileError(file: path, line: nil, problem: "cannot be read, expected a folder with *.yaml files")
        }
        var files: [(String, String)] = []
        for name in names.filter({ $0.hasSuffix(".yaml") }).sorted() { files.append((name, try text(of: name))) }
        return files
    }

    private func text(of name: String) throws(RuleFileError) -> String {
        let file = URL(fileURLWithPath: path).appendingPathComponent(name)
        let values = try? file.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
        guard values?.isRegularFile == true, values?.fileSize ?? 0 <= Self.largestSize else {
            throw RuleFileError(file: name, line: nil, problem: "not a file of at most 1 MiB, expected rules")
        }
        guard let data = try? Data(contentsOf: file), let text = String(validating: data, as: UTF8.self) else {
            throw RuleFileError(file: name, line: nil, problem: "cannot be read as UTF-8, expected a text")
        }
        return text
    }
}

import Foundation

/// Reads a file of the configuration, whole and checked to be text.
enum SourceText {
    /// Far more than any configuration needs; it keeps a wrong path from filling the memory.
    static let largestSize = 1_048_576

    /// The text of the file at `path`, or nil when there is none.
    ///
    /// - Parameter name: the file's name in errors.
    static func read(_ path: String, name: String) throws(ConfigurationError) -> String? {
        guard let bytes = try contents(of: path, name: name) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(
                file: name, position: position(ofBrokenTextIn: bytes), found: "is not UTF-8",
                help: "save the file as UTF-8")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    /// The bytes of the file at `path`, whatever they are, or nil when there is none.
    static func contents(of path: String, name: String) throws(ConfigurationError) -> [UInt8]? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw ConfigurationError(
                file: name, found: "cannot be read: \(String(cString: strerror(errno)))",
                help: "check that the user of the server may read it")
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw ConfigurationError(file: name, found: "is a folder", help: "name a file")
        // Nobody may ever write into a pipe, and a device may never end.
        default: throw ConfigurationError(file: name, found: "is a pipe or a device", help: "name a regular file")
        }
        let bytes = try bytes(of: path, name: name)
        guard bytes.count <= largestSize else {
            throw ConfigurationError(
                file: name, found: "is too large", help: "a file may have at most \(Units.text(ofSize: largestSize))")
        }
        return bytes
    }

    /// Whether there is a folder at `path`.
    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// At most one byte more than the largest size.
    private static func bytes(of path: String, name: String) throws(ConfigurationError) -> [UInt8] {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            return Array(try handle.read(upToCount: largestSize + 1) ?? Data())
        } catch {
            throw ConfigurationError(
                file: name, found: "cannot be read", help: "check that the user of the server may read it")
        }
    }

    /// The end of the longest beginning that is UTF-8.
    private static func position(ofBrokenTextIn bytes: [UInt8]) -> SourcePosition {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isBroken = { (line: ArraySlice<UInt8>) in String(validating: line, as: UTF8.self) == nil }
        guard let index = lines.firstIndex(where: isBroken) else { return SourcePosition(line: 1, column: 1) }
        let line = lines[index]
        let good = String(decoding: line, as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
        return SourcePosition(line: index + 1, column: good.count + 1)
    }
}

/// Paths as texts.
enum FolderPath {
    /// The path itself when it is absolute, else the path inside a folder; without `.` and doubled slashes.
    ///
    /// `..` stays, since behind a symbolic link it does not mean the folder before it.
    static func absolute(_ path: String, in folder: String) -> String {
        let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
        return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// The path of another file in the same folder.
    static func sibling(_ name: String, of path: String) -> String {
        path.lastIndex(of: "/").map { path[...$0] + name } ?? name
    }

    /// The folder that holds an absolute path.
    static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "/"
    }
}

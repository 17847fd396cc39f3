import Foundation

/// A clone of Pairloom's repository, which has the SDK: Swift packages can be depended on by their path alone.
struct Checkout {
    /// Absolute.
    let path: String

    /// - Returns: nil when the folder is no clone.
    init?(at path: String) {
        let path = URL(fileURLWithPath: path).standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: "\(path)/Sources/ProviderKit/Package.swift") else { return nil }
        self.path = path
    }

    /// The clone that the current folder is in, or that this program was built in.
    static func find() -> Checkout? {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        let starts = [FileManager.default.currentDirectoryPath, Bundle.main.executablePath ?? program]
        return starts.lazy.compactMap(around(_:)).first
    }

    private static func around(_ path: String) -> Checkout? {
        var url = URL(fileURLWithPath: path).standardizedFileURL
        while url.path != "/" {
            if let checkout = Checkout(at: url.path) { return checkout }
            url.deleteLastPathComponent()
        }
        return nil
    }

    /// How a package names a folder of the clone: relative when it is in the clone or beside it, so that both can be moved
    /// together, else absolute.
    func path(to folder: String, from package: String) -> String {
        let package = URL(fileURLWithPath: package).standardizedFileURL.pathComponents
        let clone = URL(fileURLWithPath: path).pathComponents
        let shared = zip(package, clone).prefix { $0 == $1 }.count
        guard shared >= clone.count - 1, shared > 1 else { return "\(path)/\(folder)" }
        let up = Array(repeating: "..", count: package.count - shared)
        return (up + clone.dropFirst(shared) + [folder]).joined(separator: "/")
    }
}

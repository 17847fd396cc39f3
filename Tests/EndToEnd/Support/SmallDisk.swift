import Foundation
import TestSupport

/// A file system of half a megabyte that only one server sees: it lives in memory, in a namespace of the server's own.
struct SmallDisk {
    /// Where the server has it; for everyone else an empty folder.
    private let path: String

    /// A disk in a server's folder, by the name `disk`.
    init(in folder: TemporaryFolder) throws {
        path = folder.path("disk")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    /// Rooms in a file on the disk.
    static let settings = Settings.sqlite.with(["storage.sqlite": "{ path: disk/rooms.db }"])

    /// Starts the server that has the disk. It needs no rights, where users may have namespaces of their own.
    var launcher: [String] {
        let mount = #"mount -t tmpfs -o size=512k tmpfs "$0" && exec "$@""#
        return ["/bin/sh", "-c", "exec unshare --map-root-user --mount sh -c '\(mount)' \"$@\"", "sh", path]
    }

    /// Copies the rooms to where everyone can read them, and returns the path; nobody must be typing.
    func copyRooms(of server: ServerProcess) throws -> String {
        let copy = server.folder.path("copy.db")
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: file("rooms.db" + suffix, of: server), toPath: copy + suffix)
        }
        return copy
    }

    /// Where a server's file is for everyone else.
    private func file(_ name: String, of server: ServerProcess) -> String {
        "/proc/\(server.pid)/root\(path)/\(name)"
    }

    /// Takes all the space that is left.
    func fill(of server: ServerProcess) throws {
        let filler = file("filler", of: server)
        guard FileManager.default.createFile(atPath: filler, contents: nil) else { throw Failure("no \(filler)") }
        let handle = try FileHandle(forWritingTo: URL(filePath: filler))
        defer { try? handle.close() }
        // A page at a time, since a write that does not fit whole may fail whole.
        while (try? handle.write(contentsOf: Data(count: 4_096))) != nil {}
    }

    /// Gives it back.
    func free(of server: ServerProcess) throws {
        try FileManager.default.removeItem(atPath: file("filler", of: server))
    }
}

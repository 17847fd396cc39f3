import Foundation
import ProviderKit

/// The folder of the rooms' files, and the one way to change them.
///
/// A file is never written in place: what shall stand in `a.json` is written to `a.json.new`, which then takes its place.
/// When several files must change together, their names are written to `.batch.json` in between. Once that is there, all
/// of them change: whoever takes the lock next puts in place what a crash has left.
struct RoomFolder: Sendable {
    let path: String

    private static let batch = ".batch.json"

    /// Runs `body` while nobody else uses the folder, in this process or in another.
    func whileLocked<Value>(_ body: () throws -> Value) throws -> Value {
        // The lock belongs to this descriptor alone, and goes away with it, however the process ends.
        let descriptor = try called(open(path(".lock"), O_RDONLY | O_CREAT | O_CLOEXEC, 0o644))
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw POSIXError.last }
        }
        try finishBatch()
        return try body()
    }

    // MARK: Reading

    /// What is in a file; nil when there is none.
    func content(of name: String) throws -> Data? {
        do {
            return try Data(contentsOf: URL(filePath: path(name)))
        } catch let error as CocoaError where [.fileReadNoSuchFile, .fileReadInvalidFileName].contains(error.code) {
            return nil
        }
    }

    /// A room; nil when there is none.
    func room(_ id: RoomID) throws -> RoomFile? {
        try content(of: Self.file(of: id)).map { try RoomFile(json: $0, of: id) }
    }

    /// The ids of all rooms, in no order.
    func ids() throws -> [RoomID] {
        try FileManager.default.subpathsOfDirectory(atPath: path).compactMap { Self.id(of: $0) }
    }

    // MARK: Writing

    /// Saves all of these rooms, or none of them when it throws; after `.unavailable` it may be either.
    func save(_ rooms: [RoomFile]) throws {
        let names = rooms.map { Self.file(of: $0.roomID) }
        let isBatch = rooms.count > 1
        do {
            for (name, room) in zip(names, rooms) { try prepare(room.json(), for: name) }
            if isBatch {
                try sync(Self.folders(to: names))
                try prepare(JSONEncoder().encode(names), for: Self.batch)
            }
        } catch {
            for name in names + [Self.batch] { unlink(path(name) + ".new") }
            throw error
        }
        do {
            for name in isBatch ? [Self.batch] : names { try called(rename(path(name) + ".new", path(name))) }
            try sync(Self.folders(to: isBatch ? [Self.batch] : names))
            if isBatch { try finishBatch() }
        } catch {
            let reason = StorageError(error).underlying
            throw StorageError(.unavailable, "The disk failed while rooms were being saved.", underlying: reason)
        }
    }

    /// Removes a room, if it is there.
    func remove(_ id: RoomID) throws {
        let name = Self.file(of: id)
        guard try content(of: name) != nil else { return }
        try called(unlink(path(name)))
        // From the inmost one, as far as they are empty now.
        var folders = Self.folders(to: [name]).sorted()
        while let folder = folders.last, !folder.isEmpty, rmdir(path(folder)) == 0 { folders.removeLast() }
        try sync(folders)
    }

    /// Sees whether files can be written.
    func probe() throws {
        defer { unlink(path(".probe.new")) }
        try prepare(Data(count: 4_096), for: ".probe")
    }

    /// Writes what shall take the place of a file.
    private func prepare(_ content: Data, for name: String) throws {
        if let end = name.lastIndex(of: "/") {
            try FileManager.default.createDirectory(atPath: path(name[..<end]), withIntermediateDirectories: true)
        }
        let descriptor = try called(open(path(name) + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644))
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: content)
        try file.synchronize()
    }

    /// Puts in place what is left of a batch, if there is one.
    private func finishBatch() throws {
        guard let batch = try content(of: Self.batch) else { return }
        let names = try JSONDecoder().decode([String].self, from: batch)
        for name in names where rename(path(name) + ".new", path(name)) != 0 {
            // It is in place already when the crash came later.
            guard errno == ENOENT else { throw POSIXError.last }
        }
        try sync(Self.folders(to: names))
        try called(unlink(path(Self.batch)))
        try sync([""])
    }

    /// Makes what happened to the names in these folders last through a loss of power.
    private func sync(_ folders: some Sequence<String>) throws {
        for folder in folders {
            let descriptor = try called(open(path(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
            defer { close(descriptor) }
            try called(fsync(descriptor))
        }
    }

    private func path(_ name: some StringProtocol) -> String { "\(path)/\(name)" }
}

// MARK: Names

extension RoomFolder {
    /// The file of a room: its id, with `%2F` and the like for all but small letters, digits, `-` and `_`, so that two ids
    /// are two files on any file system. A long id goes on in folders, since a name has 255 bytes at most.
    static func file(of id: RoomID) -> String {
        var name = ""
        for (index, byte) in id.rawValue.utf8.enumerated() {
            if index > 0, index.isMultiple(of: 80) { name += "/" }
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default: name += String(format: "%%%02X", byte)
            }
        }
        return name + ".json"
    }

    /// The room that a file is of; nil when it is another file.
    private static func id(of file: String) -> RoomID? {
        let parts = file.dropLast(5).replacing("/", with: "").split(separator: "%", omittingEmptySubsequences: false)
        var bytes = Array((parts.first ?? "").utf8)
        for part in parts.dropFirst() {
            guard let byte = UInt8(part.prefix(2), radix: 16) else { return nil }
            bytes += [byte] + part.dropFirst(2).utf8
        }
        let id = String(validating: bytes, as: UTF8.self).map { RoomID($0) }
        return id.flatMap { Self.file(of: $0) == file ? $0 : nil }
    }

    /// The folders on the way to files, by their own names; `""` is the one that everything is in.
    private static func folders(to files: [String]) -> Set<String> {
        files.reduce(into: [""]) { folders, file in
            for end in file.indices where file[end] == "/" { folders.insert(String(file[..<end])) }
        }
    }
}

// MARK: Errors

/// What a system call returned, unless it failed.
@discardableResult
private func called(_ result: CInt) throws(POSIXError) -> CInt {
    if result < 0 { throw POSIXError.last }
    return result
}

extension POSIXError {
    /// Why the last system call failed.
    fileprivate static var last: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}

extension StorageError {
    /// What an error that was met while files were used means to a caller.
    init(_ error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case is DecodingError: self.init(.corrupted, "A file is damaged.", underlying: "\(error)")
        default:
            // Foundation wraps what the system said.
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
            let number = cause.domain == NSPOSIXErrorDomain ? CInt(cause.code) : nil
            let (code, message): (Code, String) =
                switch number {
                case ENOSPC, EDQUOT, EFBIG: (.full, "No space is left for the files.")
                case EROFS, EACCES, EPERM: (.readOnly, "The folder cannot be written.")
                default: (.unavailable, "The folder cannot be used.")
                }
            self.init(code, message, underlying: number.map { String(cString: strerror($0)) } ?? "\(error)")
        }
    }
}

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The file of a library, looked at before the dynamic linker gets it.
enum LibraryFile {
    /// - Throws: what keeps the file from being loaded, as far as it can be found out by reading it.
    static func check(_ path: String) throws(PluginLoadError) {
        guard !path.utf8.contains(0) else { throw .noSuchFile(path) }
        // Without `NONBLOCK`, a pipe would wait for somebody who writes into it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .notReadable(path, errno) }
        defer { close(descriptor) }
        let size = try size(of: descriptor, path)
        do {
            try check(FileBytes(size: size) { offset, count in read(descriptor, at: offset, count) })
        } catch {
            throw .unfit(path, error)
        }
    }

    private static func check(_ file: FileBytes) throws(LibraryProblem) {
        guard file.size > 0 else { throw .empty }
        if let machine = Machine.ofServer { try ELFLibrary.check(file, on: machine) }
    }

    private static func size(of descriptor: CInt, _ path: String) throws(PluginLoadError) -> UInt64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .notReadable(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return UInt64(status.st_size)
        case S_IFDIR: throw .isFolder(path)
        default: throw .isNoRegularFile(path)
        }
    }

    /// The bytes at an offset, fewer where the file ends or cannot be read.
    private static func read(_ descriptor: CInt, at offset: UInt64, _ count: Int) -> [UInt8] {
        guard let offset = off_t(exactly: offset) else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let more = pread(descriptor, rest.baseAddress, rest.count, offset + off_t(filled))
                guard more > 0 else { return }
                filled += more
            }
        }
    }
}

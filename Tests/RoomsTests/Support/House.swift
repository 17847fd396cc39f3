import CollabText
import ConflictLastWriteWins
import Logging
import NIOCore
import NIOPosix
import ProviderKit
import Rooms
import StorageMemory
import Synchronization

/// A journal and a directory over a scripted store, on two event loops and a simulated clock.
struct House {
    let store = ScriptedStore()
    let clock = SimulatedClock()
    let loops: [any EventLoop]
    let journal: Journal
    let directory: RoomDirectory
    let dialect = PlainDialect()

    private init(
        loops: [any EventLoop], policy: any ConflictPolicy, journalOptions: JournalOptions,
        directoryOptions: DirectoryOptions
    ) {
        self.loops = loops
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        journal = Journal(
            store: store, eventLoops: loops, options: journalOptions, clock: clock.roomClock, logger: logger)
        directory = RoomDirectory(
            store: store, journal: journal, policy: NamedPolicy("a policy", policy), options: directoryOptions,
            clock: clock.roomClock, logger: logger)
    }

    /// Runs a test in a house whose journal runs; at the end the journal is finished, and given all the time it wants.
    static func with(
        policy: any ConflictPolicy = LastWriteWinsPolicy(),
        journal journalOptions: JournalOptions = JournalOptions(commitInterval: .zero),
        directory directoryOptions: DirectoryOptions = DirectoryOptions(),
        _ test: (House) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let house = House(
            loops: Array(group.makeIterator()), policy: policy, journalOptions: journalOptions,
            directoryOptions: directoryOptions)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            let isOver = Atomic(false)
            tasks.addTask {
                _ = await house.journal.run()
                isOver.store(true, ordering: .relaxed)
            }
            do {
                try await test(house)
            } catch {
                tasks.cancelAll()
                throw error
            }
            house.journal.finish()
            while !isOver.load(ordering: .relaxed) {
                house.clock.advance(by: .milliseconds(10))
                await Task.yield()
            }
        }
        try await group.shutdownGracefully()
    }

    /// A room with a text.
    func makeRoom(_ text: String = "") async throws -> RoomID {
        try await directory.create(text: TextBuffer(text), language: "python").id
    }

    func makeMember(
        _ id: ClientID = .random(), resumingAt revision: Revision? = nil, on loop: Int = 0
    ) -> RecordingMember {
        RecordingMember(id, resumingAt: revision, on: loops[loop], dialect: dialect)
    }

    /// Returns when the store has a revision of a room.
    func waitUntilSaved(_ revision: Int, of id: RoomID) async throws {
        while try await store.memory.rooms(after: nil, limit: 100).first(where: { $0.record.id == id })?.revision
            .rawValue != revision
        {
            await Task.yield()
        }
    }
}

extension Room {
    /// An edit at the beginning of the text, as a client of changes makes it.
    func receive(inserting text: String, on revision: Int, named name: String, from member: RecordingMember) {
        let change = TextChange.Replacement(0..<0, insert: Array(text.utf16))
        receive(
            Submission(id: EditID(name), content: .changes([change]), base: .revision(Revision(revision))), from: member
        )
    }

    /// An edit as a client of whole texts makes it.
    ///
    /// - Parameters:
    ///   - bound: the newest revision that it may have read; without one, it has read all that it was sent.
    ///   - hasUnread: whether it has not read all that it was sent.
    func receive(_ text: String, from member: RecordingMember, upTo bound: Int? = nil, hasUnread: Bool = false) {
        let receipt = ReadReceipt(read: .zero, upTo: bound.map(Revision.init) ?? .largest, hasUnread: hasUnread)
        receive(Submission(content: .text(TextBuffer(text)), base: .inferred(receipt)), from: member)
    }
}

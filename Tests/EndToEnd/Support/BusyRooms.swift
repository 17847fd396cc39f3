import CollabText
import PairloomClient
import Synchronization
import TestSupport

/// Many rooms in which two type at once, all the time.
final class BusyRooms: Sendable {
    private let typists: [BusyTypist]
    private let isOver = Atomic(false)
    /// The rooms, each with the two who type there.
    private let rooms: [(id: String, typists: Range<Int>)]

    /// Opens rooms, and lets two into each.
    init(_ count: Int, on server: ServerProcess) async throws {
        var typists: [BusyTypist] = []
        var rooms: [(id: String, typists: Range<Int>)] = []
        for _ in 0..<count {
            let id = try await server.createRoom(code: "fn main() {}\n")
            rooms.append((id, typists.count..<typists.count + 2))
            for number in 0..<2 { typists.append(try await BusyTypist(number, in: id, of: server)) }
        }
        self.typists = typists
        self.rooms = rooms
    }

    /// Types in all rooms until `body` returns.
    func type(during body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for typist in typists {
                group.addTask { [self] in try await typist.type { isOver.load(ordering: .relaxed) } }
            }
            try await body()
            isOver.store(true, ordering: .relaxed)
            try await group.waitForAll()
        }
    }

    /// How many edits were made so far.
    var edits: Int { typists.reduce(0) { $0 + $1.edits } }

    /// How many connections were lost.
    var losses: Int { typists.reduce(0) { $0 + $1.losses } }

    /// What is wrong: somebody does not see the server's text, or an edit is missing from it, or is in it twice.
    func faults(on server: ServerProcess) async throws -> [String] {
        var faults: [String] = []
        for room in rooms {
            let stand = try await server.room(room.id)
            let text = stand["code"]?.string ?? ""
            for typist in typists[room.typists] {
                try await typist.client.waitUntil(revision: stand["revision"]?.integer ?? 0)
                if await typist.client.text.description != text { faults.append("\(room.id): another text is seen") }
            }
            let made = typists[room.typists].flatMap(\.markers).sorted()
            if text.utf16.filter(ConvergenceEdit.markers.contains).sorted() != made {
                faults.append("\(room.id): not each edit is there once")
            }
        }
        return faults
    }

    func close() async {
        for typist in typists { await typist.client.close() }
    }
}

/// One of two who type in a room.
private final class BusyTypist: Sendable {
    let client: PairloomClient
    private let first: UInt16
    private let tally: Tally

    /// What is counted while others look.
    private final class Tally: Sendable {
        let edits = Atomic(0)
        let losses = Atomic(0)
    }

    /// How many edits each of the two may make: as many as there are markers.
    private static let share = 3_000

    init(_ number: Int, in room: String, of server: ServerProcess) async throws {
        let tally = Tally()
        self.tally = tally
        first = ConvergenceEdit.markers.lowerBound + UInt16(number * Self.share)
        client = try await .connect(to: ServerAddress(host: "127.0.0.1", port: server.port), room: room) { event in
            switch event {
            case .disconnected, .closed: tally.losses.add(1, ordering: .relaxed)
            default: break
            }
        }
    }

    var edits: Int { tally.edits.load(ordering: .relaxed) }
    var losses: Int { tally.losses.load(ordering: .relaxed) }
    var markers: Range<UInt16> { first..<(first + UInt16(edits)) }

    /// Types, waiting for the server now and then, until it is over.
    func type(until isOver: () -> Bool) async throws {
        var random = SeededGenerator(seed: UInt64(first))
        while !isOver(), edits < Self.share {
            let edit = ConvergenceEdit(marker: first + UInt16(edits), seed: random.next())
            try await client.edit(edit.change)
            tally.edits.add(1, ordering: .relaxed)
            // As people do, who stop to think.
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...40, using: &random)))
        }
        try await client.waitUntilIdle()
    }
}

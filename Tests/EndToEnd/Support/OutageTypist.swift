import CollabText
import PairloomClient
import Synchronization
import Wire

/// One who types words that tell who made them, `ada1;` and so on: at the front, so that no word is ever parted.
final class OutageTypist: Sendable {
    let name: String
    let client: PairloomClient
    private let words = Mutex<[String]>([])
    /// How often an edit was refused because the storage is not available.
    private let refusalCount: Diary<Int>

    /// Enters a room.
    static func join(_ room: String, of server: ServerProcess, as name: String) async throws -> OutageTypist {
        let refusals = Diary(0) { count, event, _ in
            if case .rejected(let edit) = event, edit.reason == .storageUnavailable { count += 1 }
        }
        return OutageTypist(name, try await refusals.join(room, of: server), refusals)
    }

    private init(_ name: String, _ client: PairloomClient, _ refusals: Diary<Int>) {
        self.name = name
        self.client = client
        refusalCount = refusals
    }

    /// Everything that was typed.
    var typed: [String] { words.withLock(\.self) }

    /// What is typed next, as it will stand in the text.
    var nextWord: String { words.withLock { "\(name)\($0.count);" } }

    /// Types one word, with dots in it as far as it must be longer.
    func type(bytes length: Int = 0) async throws {
        let word = words.withLock { words in
            let word = "\(name)\(words.count)"
            words.append(word + String(repeating: ".", count: max(length - word.count, 0)))
            return words[words.count - 1]
        }
        try await client.edit { text in
            let insert = TextChange.Replacement(0..<0, insert: Array("\(word);".utf16))
            return try TextChange(baseLength: text.count, replacements: [insert])
        }
    }

    /// Types so many words, each when the one before was acknowledged.
    func type(words count: Int) async throws {
        for _ in 0..<count {
            try Task.checkCancellation()
            try await type()
            try await client.waitUntilIdle()
        }
    }

    /// Types until an edit is refused because the storage is not available.
    func typeUntilRefused() async throws {
        let before = refusalCount.notes
        while refusalCount.notes == before {
            try Task.checkCancellation()
            try await type(bytes: 4_000)
            try await client.wait { [refusalCount] in $0.isIdle || refusalCount.notes > before }
        }
    }
}

public import ProviderKit
public import Testing

/// The conformance suite of ``ProviderKit/RoomStore``: one clause for each of its guarantees.
///
/// Run it against your store, on a place that is new for each clause:
/// ```swift
/// @Test(arguments: StorageConformance.clauses(persisting: true))
/// func conforms(to clause: StorageConformance.Clause) async throws {
///     let place = try TemporaryFolder()
///     try await clause.check { try await MyStore(folder: place) }
/// }
/// ```
public enum StorageConformance {
    /// One guarantee, in the words of the contract.
    public struct Clause: Sendable, CustomTestStringConvertible {
        /// The guarantee.
        public let name: String
        let body: @Sendable (StoragePlace) async throws -> Void

        /// Records an issue wherever a store breaks the guarantee.
        ///
        /// - Parameter open: gives a new handle on one and the same place, empty at first, each time it is called. The
        ///   clause closes every handle.
        public func check(opening open: @escaping @Sendable () async throws -> any RoomStore) async throws {
            let place = StoragePlace(opening: open)
            do {
                try await body(place)
            } catch {
                await place.closeHandles()
                throw error
            }
            await place.closeHandles()
        }

        /// The name, for the test's report.
        public var testDescription: String { name }
    }

    /// The clauses for a store.
    ///
    /// - Parameter persisting: whether the store finds everything again after all of its handles were closed.
    public static func clauses(persisting: Bool) -> [Clause] {
        rooms + log + snapshots + history + values + lifecycle + (persisting ? persistence : [])
    }

    static let rooms = [
        Clause(name: "create adds a room with its first snapshot", body: createsRooms),
        Clause(name: "create throws .alreadyExists when there is a room of this id", body: refusesToCreateTwice),
        Clause(name: "of two handles that create one room, exactly one does", body: createsOnce),
        Clause(name: "load gives nil when there is no such room", body: loadsNothing),
        Clause(name: "rooms come in the order of their ids", body: listsInOrder),
        Clause(name: "rooms come after an id, at most a limit", body: listsPages),
        Clause(name: "delete removes a room with all that belongs to it", body: deletesRooms),
        Clause(name: "delete does nothing when there is no such room", body: deletesNothing),
    ]

    static let log = [
        Clause(name: "append adds entries, which load gives in order", body: appendsInOrder),
        Clause(name: "append adds to many rooms at once", body: appendsToManyRooms),
        Clause(name: "append throws .conflict, naming every room not at its next revision", body: namesConflicts),
        Clause(name: "append adds all of a batch or nothing", body: appendsAllOrNothing),
        Clause(name: "updatedAt is when the newest entry was made", body: keepsTimeOfUpdate),
        Clause(name: "entries of a range come in order, at most a limit", body: givesRanges),
        Clause(name: "two handles see each other's entries", body: sharesEntries),
        Clause(name: "two handles never both win a revision", body: excludesOthers),
        Clause(name: "calls come from any task, several at once", body: servesManyCallers),
    ]

    static let snapshots = [
        Clause(name: "load gives the newest snapshot and the entries after it", body: loadsFromSnapshot),
        Clause(name: "a snapshot older than the newest changes nothing", body: ignoresOlderSnapshots),
        Clause(name: "saveSnapshot throws .notFound when there is no such room", body: refusesUnknownSnapshots),
        Clause(name: "saveSnapshot throws .conflict when newer than the newest entry", body: refusesFutureSnapshots),
        Clause(name: "prune drops entries up to a revision, included", body: prunes),
        Clause(name: "prune drops none that the newest snapshot does not cover", body: prunesOnlyWhatIsCovered),
        Clause(name: "a pruned room goes on", body: goesOnAfterPrune),
    ]

    static let history = [
        Clause(name: "create takes a room of any age, as load then gives it", body: createsAgedRooms),
        Clause(name: "a room may be at any revision up to the largest", body: reachesTheLargestRevision),
        Clause(name: "a number that is no revision of the room is one that the room is not at", body: takesAnyNumber),
        Clause(name: "prepend adds entries before all that are held", body: prepends),
        Clause(name: "prepend leads up to the snapshot where no entry is held", body: prependsToTheSnapshot),
        Clause(name: "prepend throws .conflict when the entries end elsewhere", body: prependsNothingElsewhere),
        Clause(name: "prepend throws .notFound when there is no such room", body: prependsToNoUnknownRoom),
    ]

    static let values = [
        Clause(name: "text is any Unicode but U+0000, to the byte", body: keepsAnyText),
        Clause(name: "text may be a mebibyte, or empty", body: keepsTextOfAnySize),
        Clause(name: "a language is any Unicode but U+0000, to the byte", body: keepsAnyLanguage),
        Clause(name: "an id is any Unicode but U+0000, told apart by its bytes", body: keepsAnyID),
        Clause(name: "payloads are opaque bytes of any length", body: keepsAnyPayload),
        Clause(name: "times are kept to the millisecond", body: keepsMilliseconds),
    ]

    static let lifecycle = [
        Clause(name: "checkHealth returns when the store can be read and written", body: isHealthy),
        Clause(name: "after close every call throws .closed", body: refusesAfterClose),
        Clause(name: "close ends all work that was begun", body: endsWorkAtClose),
        Clause(name: "a cancelled call throws .cancelled and does nothing, or finishes", body: survivesCancellation),
    ]

    static let persistence = [
        Clause(name: "what returned is there after opening again", body: findsEverythingAgain)
    ]
}

import ArgumentParser
import ConfigFile
import Migration

/// `pairloom migrate`
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy all rooms with their history from one store to another.",
        discussion: """
            Each room arrives as it stands, with its whole history, its times and its id. No room of the source \
            is changed, and nothing in the target is removed or overwritten, so you may stop it at any time: run it \
            again, and it goes on where it was. What the source has got since comes over too, so a first run can go while a server is \
            serving from a database that it shares, and a second, short one after that server has stopped.

            With --from-fastapi the rooms come from the database of the FastAPI server that came before Pairloom: under \
            the same ids, each with its newest code. That database is opened for reading only. Rooms that have been edited \
            here since an earlier run stay as they are.

            Exits with 0 when every room is in the target, with 1 and one line when something is wrong or there \
            is nothing to copy, and with 78 when a configuration is wrong.
            """)

    @Option(help: ArgumentHelp("The configuration that names the store to read.", valueName: "file"))
    var from: String?

    @Option(
        name: .customLong("from-fastapi"),
        help: ArgumentHelp(
            "The URL of the FastAPI server's database, instead of --from: \(FastAPIEnd.forms).", valueName: "url"))
    var fromFastAPI: String?

    @Option(
        help: ArgumentHelp(
            "The configuration that names the store to fill (with --from-fastapi: config.yaml, if there is one).",
            valueName: "file"))
    var to: String?

    @Flag(help: "Compare both sides in the end, byte by byte; exit with 1 when anything is not the same.")
    var verify = false

    @Flag(help: "Accept a target that holds other rooms. They stay as they are.")
    var intoExisting = false

    @Option(help: ArgumentHelp("How many rooms to copy at once.", valueName: "count"))
    var jobs = MigrationOptions().jobs

    func validate() throws {
        if !(1...64).contains(jobs) { throw ValidationError("--jobs must be from 1 to 64") }
        guard (from == nil) != (fromFastAPI == nil) else {
            throw ValidationError("name either --from or --from-fastapi")
        }
        if from != nil, to == nil { throw ValidationError("--from needs --to") }
    }

    func run() async throws {
        try await reportingFailure {
            let other = try from.map { file in try MigrationEnd(file: file) }
            let target = try MigrationEnd(file: to)
            if let other, other.isSameStore(as: target) {
                throw Failure(message: "\(other.file) and \(target.file) name the same store", code: .configuration)
            }
            let source: MigrationRun.Source =
                if let other { .store(other) } else {
                    .fastAPI(try FastAPIEnd(fromFastAPI ?? "", configuration: target.configuration))
                }
            LogOutput.start(target.configuration.log)
            for end in [other, target].compactMap(\.self) { end.configuration.logWarnings() }
            // A server of ours may have been there for a while when the rooms of the old one come.
            let options = MigrationOptions(
                jobs: jobs, allowsForeignRooms: intoExisting || fromFastAPI != nil,
                allowsEditedRooms: fromFastAPI != nil)
            try await MigrationRun(source: source, target: target, options: options, verifies: verify).run()
        }
    }
}

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

            Exits with 0 when every room is in the target, with 1 and one line when something is wrong or there \
            is nothing to copy, and with 78 when a configuration is wrong.
            """)

    @Option(help: ArgumentHelp("The configuration that names the store to read.", valueName: "file"))
    var from: String

    @Option(help: ArgumentHelp("The configuration that names the store to fill.", valueName: "file"))
    var to: String

    @Flag(help: "Compare both sides in the end, byte by byte; exit with 1 when anything is not the same.")
    var verify = false

    @Flag(help: "Accept a target that holds other rooms. They stay as they are.")
    var intoExisting = false

    @Option(help: ArgumentHelp("How many rooms to copy at once.", valueName: "count"))
    var jobs = MigrationOptions().jobs

    func validate() throws {
        if !(1...64).contains(jobs) { throw ValidationError("--jobs must be from 1 to 64") }
    }

    func run() async throws {
        try await reportingFailure {
            let source = try MigrationEnd(file: from)
            let target = try MigrationEnd(file: to)
            guard !source.isSameStore(as: target) else {
                throw Failure(message: "\(from) and \(to) name the same store", code: .configuration)
            }
            LogOutput.start(target.configuration.log)
            for end in [source, target] { end.configuration.logWarnings() }
            let options = MigrationOptions(jobs: jobs, allowsForeignRooms: intoExisting)
            try await MigrationRun(source: source, target: target, options: options, verifies: verify).run()
        }
    }
}

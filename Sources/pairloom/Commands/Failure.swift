import ArgumentParser
import Foundation

/// Ends the program: one line on stderr, and an exit code.
struct Failure: Error, CustomStringConvertible {
    enum Code: Int32 {
        case general = 1
        /// `EX_USAGE` of sysexits.h: the words of the command are wrong.
        case usage = 64
        /// `EX_UNAVAILABLE` of sysexits.h.
        case unavailable = 69
        /// `EX_CONFIG` of sysexits.h.
        case configuration = 78
    }

    let message: String
    let code: Code

    var description: String { message }

    /// Says what is wrong; what comes back ends the program when it is thrown.
    func report() -> ExitCode {
        // What was printed before comes first, also where both go into one file.
        fflush(nil)
        StandardError.write("pairloom: \(message)\n")
        return ExitCode(code.rawValue)
    }
}

/// Runs a command's work; a ``Failure`` becomes a line and an exit code, without a usage text.
func reportingFailure(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let failure as Failure {
        throw failure.report()
    }
}

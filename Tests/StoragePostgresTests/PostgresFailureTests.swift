import ProviderKit
import Testing

@testable import StoragePostgres

@Suite struct PostgresFailureTests {
    @Test(arguments: [
        ("53100", StorageError.Code.full), ("54000", .full), ("25006", .readOnly), ("42501", .readOnly),
        ("08006", .unavailable), ("57P01", .unavailable), ("57P03", .unavailable), ("53300", .unavailable),
        ("53200", .unavailable), ("57014", .unavailable), ("40001", .unavailable), ("40P01", .unavailable),
        ("55P03", .unavailable), ("28P01", .unavailable), ("58030", .unavailable), ("42P01", .corrupted),
        ("42703", .corrupted), ("3F000", .corrupted), ("23505", .corrupted), ("XX001", .corrupted),
        ("XX002", .corrupted),
    ])
    func whatTheServerRefusedHasACode(state: String, code: StorageError.Code) {
        let error = StorageError(PostgresFailure.refused(state: state, message: "what it said"))
        #expect(error.code == code)
        #expect(error.underlying == "\(state): what it said")
        #expect(error.message.hasSuffix("."))
    }

    @Test func otherFailuresHaveACode() {
        #expect(StorageError(PostgresFailure.timedOut).code == .unavailable)
        #expect(StorageError(PostgresFailure.unreachable(reason: "x")).code == .unavailable)
        #expect(StorageError(PostgresFailure.misconfigured(reason: "x")).code == .unavailable)
        #expect(StorageError(PostgresFailure.unconfirmed("x")).code == .unavailable)
        #expect(StorageError(PostgresFailure.disconnected(reason: "x")).code == .unavailable)
        #expect(StorageError(PostgresFailure.damaged("x")).code == .corrupted)
        #expect(StorageError(PostgresFailure.closed).code == .closed)
        #expect(StorageError(PostgresFailure.cancelled).code == .cancelled)
    }

    @Test(arguments: [
        (
            "connection to server at \"::1\", port 5432 failed: Connection refused\n"
                + "\tIs the server running on that host and accepting TCP/IP connections?\n",
            PostgresFailure.unreachable(reason: "Connection refused")
        ),
        (
            "connection to server at \"::1\", port 5432 failed: Connection refused\n"
                + "connection to server at \"one\", port 5432 failed: FATAL:  3D000: database \"x\" does not exist\n"
                + "LOCATION:  InitPostgres, postinit.c:879\n",
            .refused(state: "3D000", message: "database \"x\" does not exist")
        ),
        (
            "connection to server at \"db\", port 5432 failed: FATAL:  28P01: password authentication failed\n"
                + "connection to server at \"db\", port 5432 failed: FATAL:  28000: no pg_hba.conf entry\n",
            .refused(state: "28P01", message: "password authentication failed")
        ),
        (
            "could not translate host name \"db\" to address: Name or service not known\n",
            .misconfigured(reason: "could not translate host name \"db\" to address: Name or service not known")
        ),
        (
            "could not translate host name \"db\" to address: Temporary failure in name resolution\n",
            .unreachable(
                reason: "could not translate host name \"db\" to address: Temporary failure in name resolution")
        ),
        (
            "connection to server at \"db\", port 1 failed: server does not support SSL, but SSL was required\n",
            .misconfigured(reason: "server does not support SSL, but SSL was required")
        ),
        (
            "connection to server at \"db\", port 1 failed: root certificate file \"/x\" does not exist\n"
                + "Either provide the file or change sslmode to disable server certificate verification.\n",
            .misconfigured(reason: "root certificate file \"/x\" does not exist")
        ),
        (
            "connection to server at \"db\", port 1 failed: could not read certificate file \"/x\": "
                + "No such file or directory\n",
            .misconfigured(reason: "could not read certificate file \"/x\": No such file or directory")
        ),
        (
            "connection to server on socket \"/run/.s.PGSQL.5432\" failed: No such file or directory\n"
                + "\tIs the server running locally and accepting connections on that socket?\n",
            .unreachable(reason: "No such file or directory")
        ),
        ("invalid sslmode value: \"foo\"\n", .misconfigured(reason: "invalid sslmode value: \"foo\"")),
        (
            "connection to server at \"one\", port 1 failed: Connection refused\n"
                + "\tIs the server running on that host and accepting TCP/IP connections?\n"
                + "connection to server at \"two\", port 1 failed: session is read-only\n",
            .unreachable(reason: "session is read-only")
        ),
        ("", .unreachable(reason: "no reason given")),
    ])
    func whatLibpqSaysOfAnAttemptIsBoiledDown(message: String, failure: PostgresFailure) {
        #expect(PostgresFailure(connecting: message) == failure)
    }

    @Test(arguments: [
        (PostgresFailure.unreachable(reason: "x"), true), (.misconfigured(reason: "x"), false),
        (.unconfirmed("x"), true),
        (.refused(state: "57P03", message: "x"), true), (.refused(state: "28P01", message: "x"), false),
        (.refused(state: "08P01", message: "server login has been failing, try again later"), true),
        (.refused(state: "08P01", message: "no such database: x"), false),
        (.refused(state: "08P01", message: "password authentication failed"), false),
    ])
    func aStartWaitsForWhatMayPass(failure: PostgresFailure, passes: Bool) {
        #expect(failure.isTransient == passes)
    }
}

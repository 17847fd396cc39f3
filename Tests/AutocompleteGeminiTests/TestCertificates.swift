import Foundation
import TestSupport

/// Certificates for a server on this machine, made by the `openssl` command.
final class TestCertificates: Sendable {
    private let folder: TemporaryFolder

    /// Made when first asked for.
    static func shared() async throws -> TestCertificates {
        try await made.value
    }

    private static let made = Task { try await TestCertificates() }

    private init() async throws {
        folder = try TemporaryFolder()
        let pid = try spawn(
            "/bin/sh", ["-ec", Self.commands, "sh", folder.path], environment: ProcessInfo.processInfo.environment,
            output: .nothing, errors: .file(folder.path("errors")))
        let status = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: CInt = 0
                waitpid(pid, &status, 0)
                continuation.resume(returning: status)
            }
        }
        guard status == 0 else { throw Failure("openssl made no certificates: \(folder.read("errors"))") }
    }

    /// The file with the authority that has signed the servers' certificates.
    var authority: String { folder.path("authority.pem") }
    /// The file with an authority that has signed nothing.
    var stranger: String { folder.path("stranger.pem") }
    /// A server by the name of `localhost`.
    var localhost: FakeGemini.Certificate { server("localhost") }
    /// A server by a name that is none of this machine's.
    var elsewhere: FakeGemini.Certificate { server("elsewhere.example") }

    private func server(_ name: String) -> FakeGemini.Certificate {
        FakeGemini.Certificate(certificate: folder.path("\(name).pem"), key: folder.path("\(name).key"))
    }

    private static let commands = """
        cd "$1"
        key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        for name in authority stranger; do
            openssl req -x509 $key -keyout $name.key -out $name.pem -days 2 -subj "/CN=$name"
        done
        for name in localhost elsewhere.example; do
            openssl req $key -keyout $name.key -out $name.csr -subj "/CN=$name"
            echo "subjectAltName=DNS:$name" > $name.ext
            openssl x509 -req -in $name.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 \
                -extfile $name.ext -out $name.pem
        done
        """
}

import Crypto
import ProviderKit

/// The secret by which a client comes back as who it was: 130 random bits as 26 characters.
///
/// The id that everyone sees is a hash of it. So the server need not remember which belongs to which, and whoever knows
/// the id does not know the secret.
struct SessionToken: Sendable, Hashable {
    let rawValue: String

    /// A new one.
    init() {
        rawValue = String((0..<Self.length).map { _ in Self.alphabet[Int.random(in: 0..<Self.alphabet.count)] })
    }

    /// One that a client shows; nil when it cannot be one of ours.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.length, text.allSatisfy(Self.alphabet.contains) else { return nil }
        rawValue = String(text)
    }

    /// Who the client is to everyone else: 12 characters, short enough to cost no allocation.
    var clientID: ClientID {
        let digest = SHA256.hash(data: Array(rawValue.utf8))
        return ClientID(String(digest.prefix(12).map { Self.alphabet[Int($0) % Self.alphabet.count] }))
    }

    private static let length = 26
    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuv")
}

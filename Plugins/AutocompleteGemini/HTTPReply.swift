import Foundation

/// What came back.
struct HTTPReply: Sendable {
    let status: Int
    /// Decompressed.
    let body: Data
    /// What the header Retry-After says; nil without one.
    let retryAfter: Duration?
}

/// Why nothing came back.
///
/// Holds nothing of what was sent.
enum TransferFailure: Error, Equatable {
    /// The connection took too long, or the deadline passed.
    case timedOut
    /// The task was cancelled.
    case cancelled
    /// The client is closed.
    case closed
    /// What came is longer than an answer can be.
    case tooLong
    /// The service could not show that it is who it should be.
    case untrusted(String)
    /// No connection could be made.
    case unreachable(String)
    /// The transfer failed.
    case broken(String)
}

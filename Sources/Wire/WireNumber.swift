/// The numbers that messages and bodies may carry.
///
/// Whatever reads one from the network checks it against these, so that nothing behind has to reckon with others: no sum
/// or difference of a few of them leaves `Int`.
package enum WireNumber {
    /// The largest, 2^53 − 1: every reader of JSON reads it as it was written (RFC 8259, section 6).
    package static let largest = (1 << 53) - 1
    /// Revisions, positions and amounts.
    package static let range = 0...largest
}

/// Limits of messages that no configuration changes.
package enum MessageLimits {
    /// The longest id of an edit, in characters (Unicode scalars).
    package static let editID = 64
    /// The longest id of a question for a suggestion, in characters (Unicode scalars).
    package static let questionID = 64
    /// The longest name of a member, in characters (Unicode scalars).
    package static let name = 64
    /// The longest color of a member, in characters (Unicode scalars).
    package static let color = 32
    /// The most replacements of one edit.
    package static let changes = 10_000
}

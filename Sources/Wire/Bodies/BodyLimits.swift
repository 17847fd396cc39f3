/// Limits of bodies that no configuration changes.
package enum BodyLimits {
    /// The longest name of a language, in characters.
    package static let language = 64
    /// The longest name that a client gives itself, in characters.
    package static let client = 64
    /// How many problems of one list are told: whoever sends a long list of nonsense gets a short answer.
    package static let issuesOfList = 100
}

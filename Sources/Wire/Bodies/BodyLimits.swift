/// Limits of bodies that no configuration changes.
package enum BodyLimits {
    /// The longest name of a language, in characters.
    package static let language = 64
}

package import ProviderKit

/// A conflict policy, and what clients know it by.
package struct NamedPolicy: Sendable {
    /// The name in the configuration.
    package let name: String
    /// What decides.
    package let policy: any ConflictPolicy

    /// A policy under a name.
    package init(_ name: String, _ policy: any ConflictPolicy) {
        self.name = name
        self.policy = policy
    }
}

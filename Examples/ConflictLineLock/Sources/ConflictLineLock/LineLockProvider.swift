public import ProviderKit

/// The conflict policy `line-lock` for the catalog. It has no options.
public enum LineLockProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any ConflictPolicy>(
        name: "line-lock",
        summary: "Edits made at the same time are merged, unless they touch a line that somebody else changed."
    ) { _, _ in
        LineLockPolicy()
    }
}

public import ProviderKit

/// The conflict policy `merge` for the catalog. It has no options.
public enum MergeProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any ConflictPolicy>(
        name: "merge",
        summary: "Edits made at the same time are merged; nobody's typing is lost."
    ) { _, _ in
        MergePolicy()
    }
}

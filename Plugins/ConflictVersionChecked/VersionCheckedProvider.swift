public import ProviderKit

/// The conflict policy `version-checked` for the catalog. It has no options.
public enum VersionCheckedProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any ConflictPolicy>(
        name: "version-checked",
        summary: "Only edits made on the newest revision are taken; others are refused and shown what stands."
    ) { _, _ in
        VersionCheckedPolicy()
    }
}

public import ProviderKit

/// The conflict policy `last-write-wins` for the catalog. It has no options.
public enum LastWriteWinsProvider {
    /// What the catalog lists.
    public static let descriptor = ProviderDescriptor<any ConflictPolicy>(
        name: "last-write-wins",
        summary: "The newest writer's whole text stands, whatever happened in between."
    ) { _, _ in
        LastWriteWinsPolicy()
    }
}

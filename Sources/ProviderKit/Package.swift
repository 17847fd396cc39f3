// swift-tools-version: 6.2
import PackageDescription

// The SDK for providers: one dynamic library, so that the server and a provider loaded from outside share one copy
// of every type. It imports the standard library alone. Whoever uses it depends on the *product*, from another package.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "ProviderKit",
    products: [
        .library(name: "ProviderKit", type: .dynamic, targets: ["CollabText", "ProviderKit", "CProviderKitABI"])
    ],
    targets: [
        .target(name: "CollabText", path: "CollabText", swiftSettings: settings),
        .target(name: "CProviderKitABI", path: "CProviderKitABI"),
        .target(
            name: "ProviderKit", dependencies: ["CollabText", "CProviderKitABI"], path: "ProviderKit",
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

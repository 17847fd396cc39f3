// swift-tools-version: 6.2
import PackageDescription

// A provider in a package of its own, outside of the server: see README.md.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let conformance: Target.Dependency = .product(name: "ProviderConformance", package: "ProviderConformance")
let providerKit: Target.Dependency = .product(name: "ProviderKit", package: "ProviderKit")

let package = Package(
    name: "AutocompleteSnippets",
    products: [.library(name: "AutocompleteSnippets", type: .dynamic, targets: ["AutocompleteSnippetsPlugin"])],
    dependencies: [
        .package(path: "../../Sources/ProviderKit"),
        .package(path: "../../Sources/ProviderConformance"),
    ],
    targets: [
        .target(
            name: "AutocompleteSnippets",
            dependencies: [providerKit],
            swiftSettings: settings),
        .target(
            name: "AutocompleteSnippetsPlugin",
            dependencies: ["AutocompleteSnippets", providerKit],
            swiftSettings: settings),
        .testTarget(
            name: "AutocompleteSnippetsTests",
            dependencies: ["AutocompleteSnippets", conformance, providerKit],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

// All examples in one package, so that one build serves to test them. Each is also a package of its own, in its folder, as
// its author would have it; that is what `pairloom new-provider` copies.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let conformance: Target.Dependency = .product(name: "ProviderConformance", package: "ProviderConformance")
let providerKit: Target.Dependency = .product(name: "ProviderKit", package: "ProviderKit")

let examples = ["AutocompleteSnippets", "ConflictLineLock", "StorageJSONFile"]

let package = Package(
    name: "Examples",
    products: examples.map { .library(name: $0, type: .dynamic, targets: ["\($0)Plugin"]) },
    dependencies: [
        .package(path: "../Sources/ProviderKit"),
        .package(path: "../Sources/ProviderConformance"),
    ],
    targets: examples.flatMap { (name: String) -> [Target] in
        [
            .target(
                name: name, dependencies: [providerKit], path: "\(name)/Sources/\(name)", swiftSettings: settings),
            .target(
                name: "\(name)Plugin", dependencies: [.target(name: name), providerKit],
                path: "\(name)/Sources/\(name)Plugin", swiftSettings: settings),
            .testTarget(
                name: "\(name)Tests", dependencies: [.target(name: name), conformance, providerKit],
                path: "\(name)/Tests/\(name)Tests", swiftSettings: settings),
        ]
    },
    swiftLanguageModes: [.v6]
)

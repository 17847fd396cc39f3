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
    name: "StorageJSONFile",
    products: [.library(name: "StorageJSONFile", type: .dynamic, targets: ["StorageJSONFilePlugin"])],
    dependencies: [
        .package(path: "../../Sources/ProviderKit"),
        .package(path: "../../Sources/ProviderConformance"),
    ],
    targets: [
        .target(
            name: "StorageJSONFile",
            dependencies: [providerKit],
            swiftSettings: settings),
        .target(
            name: "StorageJSONFilePlugin",
            dependencies: ["StorageJSONFile", providerKit],
            swiftSettings: settings),
        .testTarget(
            name: "StorageJSONFileTests",
            dependencies: ["StorageJSONFile", conformance, providerKit],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

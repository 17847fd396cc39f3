// swift-tools-version: 6.2
import PackageDescription

// One conformance suite for each contract of ProviderKit, for providers inside this repository and outside of it.
// A package of its own: a target beside ProviderKit would link a second copy of it into every test bundle.

let package = Package(
    name: "ProviderConformance",
    products: [.library(name: "ProviderConformance", targets: ["ProviderConformance"])],
    dependencies: [.package(path: "../ProviderKit")],
    targets: [
        .target(
            name: "ProviderConformance",
            dependencies: [.product(name: "ProviderKit", package: "ProviderKit")],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .treatAllWarnings(as: .error),
            ])
    ],
    swiftLanguageModes: [.v6]
)

// swift-tools-version: 6.2
import PackageDescription

// The load generator is a package of its own, so that nothing it needs becomes a dependency of the server.

let package = Package(
    name: "pairloom-benchmarks",
    products: [.executable(name: "pairloom-load", targets: ["pairloom-load"])],
    dependencies: [.package(url: "https://github.com/apple/swift-nio", from: "2.101.0")],
    targets: [
        .executableTarget(
            name: "pairloom-load",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .treatAllWarnings(as: .error),
            ])
    ],
    swiftLanguageModes: [.v6]
)

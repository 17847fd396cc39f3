// swift-tools-version: 6.2
import PackageDescription

// The benchmarks are a package of their own, so that nothing they need becomes a dependency of the server.
//
// What they measure and use of the server is open to its own package alone. So its modules are targets of this package,
// too: Modules and Plugins are links to their folders.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let providerKit: Target.Dependency = .product(name: "ProviderKit", package: "ProviderKit")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// A part of the server, from a folder outside of this package.
func linked(
    _ name: String, from folder: String = "Modules", _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "\(folder)/\(name)", resources: resources,
        swiftSettings: settings)
}

let package = Package(
    name: "pairloom-benchmarks",
    products: [
        .executable(name: "pairloom-load", targets: ["pairloom-load"]),
        .executable(name: "pairloom-saves", targets: ["pairloom-saves"]),
        .executable(name: "room-replay", targets: ["room-replay"]),
        .executable(name: "rules-latency", targets: ["rules-latency"]),
    ],
    dependencies: [
        .package(path: "../Sources/ProviderKit"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        linked(
            "AutocompleteRules", from: "Plugins", [providerKit, yams], resources: [.embedInCode("Languages")]),
        linked("ConflictMerge", from: "Plugins", [providerKit]),
        linked("PairloomClient", ["Wire", providerKit, nioCore, nioHTTP1, nioPosix, nioWebSocket]),
        linked("Rooms", [providerKit, logging, nioCore]),
        linked("Wire", [providerKit, nioCore]),
        .target(name: "LoadClient", dependencies: [providerKit, nioCore, nioPosix], swiftSettings: settings),
        .executableTarget(
            name: "pairloom-load",
            dependencies: ["LoadClient", "PairloomClient", "Wire", providerKit, nioCore, nioHTTP1, nioPosix],
            swiftSettings: settings),
        .executableTarget(
            name: "pairloom-saves", dependencies: ["LoadClient", "Wire", providerKit, nioCore, nioPosix],
            swiftSettings: settings),
        .executableTarget(
            name: "room-replay", dependencies: ["ConflictMerge", "Rooms", providerKit], swiftSettings: settings),
        .executableTarget(
            name: "rules-latency", dependencies: ["AutocompleteRules", providerKit], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

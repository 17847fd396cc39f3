// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let conformance: Target.Dependency = .product(name: "ProviderConformance", package: "ProviderConformance")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let providerKit: Target.Dependency = .product(name: "ProviderKit", package: "ProviderKit")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// A module of the server.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A provider: ProviderKit and its own technology, nothing else.
///
/// - Parameters:
///   - cModule: a folder inside of the provider's own with the module of a C library.
///   - resources: its data; what is embedded in the code is found wherever the program is moved to.
func plugin(
    _ name: String, _ technology: [Target.Dependency] = [], cModule: String? = nil, resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: [providerKit] + technology, path: "Plugins/\(name)",
        exclude: cModule.map { [$0] } ?? [], resources: resources, swiftSettings: settings)
}

/// The tests of a module or of a provider.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// The providers that come with the server: a folder in `Plugins` and an entry here for each, and its name in
/// `StandardProviders.swift`.
let plugins: [Target] = [
    plugin("StorageMemory"),
    plugin("StoragePostgres", ["CLibPQ"], cModule: "CLibPQ"),
    plugin("StorageSQLite", [grdb]),
    plugin("AutocompleteGemini", ["CLibCurl"], cModule: "CLibCurl"),
    plugin("AutocompleteRules", [yams], resources: [.embedInCode("Languages")]),
    plugin("ConflictLastWriteWins"),
    plugin("ConflictMerge"),
    plugin("ConflictVersionChecked"),
]

let package = Package(
    name: "pairloom",
    products: [.executable(name: "pairloom", targets: ["pairloom"])],
    dependencies: [
        .package(path: "Sources/ProviderKit"),
        .package(path: "Sources/ProviderConformance"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: plugins + [
        module("Rooms", [providerKit, logging, nioCore]),
        module("Wire", [providerKit, nioCore]),
        module("ConfigFile", [providerKit, yams]),
        module("Migration", [providerKit]),
        module("PluginLoader", [providerKit]),
        .target(
            name: "EditorPage", exclude: ["package.json"], resources: [.embedInCode("Page")], swiftSettings: settings),
        module(
            "PairloomServer",
            [
                "CZlib", "EditorPage", "Rooms", "Wire", providerKit, crypto, httpTypes, hummingbird, hummingbirdCore,
                lifecycle, logging,
                metrics,
                nioCore, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioPosix, nioWebSocket,
            ]),
        module("PairloomClient", ["Wire", providerKit, nioCore, nioHTTP1, nioPosix, nioWebSocket]),
        .executableTarget(
            name: "pairloom",
            dependencies: plugins.map { .target(name: $0.name) } + [
                "ConfigFile", "Migration", "PairloomServer", "PluginLoader", "Rooms", "Wire", providerKit,
                argumentParser, lifecycle, logging, metrics, nioCore, nioPosix, unixSignals,
            ],
            swiftSettings: settings),

        .systemLibrary(
            name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CLibCurl", path: "Plugins/AutocompleteGemini/CLibCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CLibPQ", path: "Plugins/StoragePostgres/CLibPQ", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),

        .target(
            name: "TestSupport", path: "Tests/TestSupport",
            exclude: ["FakeGemini/fake_gemini.py", "FakeGemini/http2_gemini.js"],
            swiftSettings: settings),
        tests("CollabTextTests", ["TestSupport", providerKit]),
        tests("ProviderKitTests", [providerKit]),
        tests(
            "RoomsTests",
            [
                "Rooms", "StorageMemory", "ConflictLastWriteWins", "ConflictMerge", "ConflictVersionChecked",
                "TestSupport", providerKit,
                logging, nioCore, nioPosix,
            ],
            resources: [.copy("Traces")]),
        tests("WireTests", ["TestSupport", "Wire", providerKit, nioCore]),
        tests(
            "ConfigFileTests", ["ConfigFile", "TestSupport", providerKit],
            resources: [.copy("Accepted"), .copy("Broken")]),
        tests(
            "PairloomServerTests",
            [
                "EditorPage", "PairloomServer", "Rooms", "TestSupport", "Wire", "ConflictLastWriteWins",
                "StorageMemory", conformance,
                providerKit, httpTypes,
                hummingbird, logging, metrics, nioCore, nioEmbedded, nioHTTP1, nioPosix,
            ]),
        tests("MigrationTests", ["Migration", "StorageMemory", "StorageSQLite", "TestSupport", providerKit]),
        tests("PluginLoaderTests", ["PluginLoader", "TestSupport", providerKit], resources: [.copy("Fixtures")]),
        tests("StorageMemoryTests", ["StorageMemory", conformance, providerKit]),
        tests("StoragePostgresTests", ["StoragePostgres", "TestSupport", conformance, providerKit]),
        tests("StorageSQLiteTests", ["StorageSQLite", "TestSupport", conformance, grdb, providerKit]),
        tests(
            "AutocompleteGeminiTests", ["AutocompleteGemini", "TestSupport", conformance, providerKit],
            resources: [.copy("SDK")]),
        tests(
            "AutocompleteRulesTests", ["AutocompleteRules", conformance, providerKit, yams],
            resources: [.copy("Cases")]),
        tests("ConflictLastWriteWinsTests", ["ConflictLastWriteWins", conformance, providerKit]),
        tests("ConflictMergeTests", ["ConflictMerge", conformance, providerKit]),
        tests("ConflictVersionCheckedTests", ["ConflictVersionChecked", conformance, providerKit]),
        tests(
            "PairloomClientTests",
            ["PairloomClient", "TestSupport", "Wire", providerKit, nioCore, nioHTTP1, nioPosix, nioWebSocket]),
        tests(
            "EndToEnd", ["pairloom", "PairloomClient", "TestSupport", "Wire", providerKit, nioCore, nioPosix],
            resources: [.copy("Clients")]),
    ],
    swiftLanguageModes: [.v6]
)

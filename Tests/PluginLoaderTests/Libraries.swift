/// The libraries that several tests load, each compiled when it is first asked for.
enum Libraries {
    /// A plugin with a provider of each contract.
    static let words = Task { try await Compiler.swiftLibrary("WordPlugin", from: "WordPlugin.swift") }

    /// A library in C that is no plugin.
    static let plain = Task { try await Compiler.c("libplain.so") }
}

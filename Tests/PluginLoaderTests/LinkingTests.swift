import Foundation
import TestSupport
import Testing

@testable import PluginLoader

/// Libraries that the dynamic linker does not load, since something is missing that they need.
@Suite struct LinkingTests {
    @Test func aLibraryThatIsMissingIsNamed() async throws {
        let folder = try TemporaryFolder()
        let helper = try await Compiler.c("libhelper.so")
        try FileManager.default.copyItem(atPath: helper, toPath: folder.path("libhelper.so"))
        let path = try await Compiler.c(
            "libhelped.so", ["-shared", "-Wl,--no-as-needed", "-L", folder.path, "-lhelper"])
        let error = try refusal(of: path)
        #expect(error.found == "`\(path)` needs the library `libhelper.so`, which was not found")
        #expect(error.help == "install that, or put it beside the plugin and link the plugin with -rpath $ORIGIN")
    }

    @Test func aSymbolThatIsMissingTellsWhoseItIs() async throws {
        let kit = "$s11ProviderKit6OptionV4goneyyF"
        #expect(
            try await found(inLibraryThatNeeds: kit)
                == "is built with another version of ProviderKit: this server's has no `\(kit)`")
        let swift = "swift_notInThisRuntime"
        #expect(
            try await found(inLibraryThatNeeds: swift)
                == "is built with another Swift compiler: this server's runtime has no `\(swift)`")
        #expect(
            try await found(inLibraryThatNeeds: "sqlite3_gone")
                == "needs `sqlite3_gone`, which nothing has that it is linked with")
    }

    @Test(
        arguments: [
            ("libx.so.1: cannot open shared object file: No such file or directory", .missingLibrary("libx.so.1")),
            (
                "/lib/libc.so.6: version `GLIBC_2.99' not found (required by /p.so)",
                .missingVersion("GLIBC_2.99")
            ),
            (
                "/p.so: undefined symbol: $s10CollabText3fooyyF",
                .missingFromProviderKit(symbol: "$s10CollabText3fooyyF")
            ),
            ("/p.so: undefined symbol: $sSS3fooyyF", .missingFromSwift(symbol: "$sSS3fooyyF")),
            ("/p.so: undefined symbol: foo, version FOO_1", .missing(symbol: "foo")),
            ("/p.so: failed to map segment from shared object", .other("failed to map segment from shared object")),
            ("something new", .other("something new")),
        ] as [(String, LinkerComplaint)])
    func whatTheLinkerSaysIsUnderstood(_ text: String, _ complaint: LinkerComplaint) {
        #expect(LinkerComplaint(text, about: "/p.so") == complaint)
    }

    /// What is found wrong, without the path.
    private func found(inLibraryThatNeeds symbol: String) async throws -> String {
        let path = try await Compiler.c("libneeds-\(symbol.filter(\.isLetter)).so", ["-shared", "-DNEEDS=\(symbol)"])
        return try refusal(of: path).found.replacing("`\(path)` ", with: "")
    }
}

import CollabText
import Foundation
import Testing
import Wire

@testable import PairloomServer

@Suite("Pages and the description of the routes")
struct PagesTests {
    @Test("the first page says what runs, whatever the names hold")
    func landingPage() {
        let names = ProviderNames(storage: "<b>&\"'", autocomplete: "rules", policy: "last-write-wins")
        let body = EditorRoutes.facts(version: "1.2.3", names: names, root: "../")
        #expect(body.contains("<dd>1.2.3</dd>"))
        #expect(body.contains("<dd>&lt;b&gt;&amp;&quot;&#39;</dd>"))
        #expect(body.contains("<dd>rules</dd>") && body.contains("<dd>last-write-wins</dd>"))
        #expect(body.contains("href=\"../docs\""))
    }

    @Test("every schema that the description refers to is in it, and every schema is referred to")
    func references() {
        let document = OpenAPIDescription(version: "1").document
        guard case .object(let schemas)? = document["components"]?["schemas"] else { return }
        let known = Set(schemas.members.map { "#/components/schemas/\($0.name)" })
        #expect(Set(document.references) == known)
        #expect(known.contains("#/components/schemas/HTTPValidationError"))
    }

    @Test("both requests tell how long the name of a language may be")
    func languageLimit() {
        let schemas = OpenAPIDescription(version: "1").document["components"]?["schemas"]
        for request in ["CreateRoomRequest", "AutocompleteRequest"] {
            let longest = schemas?[request]?["properties"]?["language"]?["maxLength"]
            #expect(longest == .integer(BodyLimits.language), "\(request)")
        }
    }

    @Test("the first file that a folder lacks is named")
    func missingFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docs-\(UUID().uuidString)")
        #expect(DocsAsset.missingFile(in: folder.path) == "\(folder.path)/swagger-ui-bundle.js")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["swagger-ui-bundle.js", "swagger-ui.css"] { try Data().write(to: folder.appending(path: name)) }
        #expect(DocsAsset.missingFile(in: folder.path) == "\(folder.path)/redoc.standalone.js")
        try Data().write(to: folder.appending(path: "redoc.standalone.js"))
        #expect(DocsAsset.missingFile(in: folder.path) == nil)
    }

    @Test("the scripts of the pages are pinned to a version")
    func pinned() {
        for asset in DocsAsset.allCases {
            #expect(asset.publicAddress.contains("@"))
            #expect(asset.publicAddress.hasSuffix("/" + asset.rawValue))
        }
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// Every `$ref` in the value.
    fileprivate var references: [String] {
        switch self {
        case .array(let elements):
            elements.flatMap(\.references)
        case .object(let object):
            object.members.flatMap { member -> [String] in
                if member.name == "$ref", case .string(let text) = member.value { return [text.description] }
                return member.value.references
            }
        default:
            []
        }
    }
}

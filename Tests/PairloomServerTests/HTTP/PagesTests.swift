import CollabText
import Testing
import Wire

@testable import PairloomServer

@Suite("Pages and the description of the routes")
struct PagesTests {
    @Test("the first page says what runs, whatever the names hold")
    func landingPage() {
        let names = ProviderNames(storage: "<b>&\"'", autocomplete: "rules", policy: "last-write-wins")
        let body = LandingPage(version: "1.2.3", names: names).body
        #expect(body.contains("<dd>1.2.3</dd>"))
        #expect(body.contains("<dd>&lt;b&gt;&amp;&quot;&#39;</dd>"))
        #expect(body.contains("<dd>rules</dd>") && body.contains("<dd>last-write-wins</dd>"))
        #expect(body.contains("href=\"/docs\""))
    }

    @Test("every schema that the description refers to is in it, and every schema is referred to")
    func references() {
        let document = OpenAPIDescription(version: "1").document
        guard case .object(let schemas)? = document["components"]?["schemas"] else { return }
        let known = Set(schemas.members.map { "#/components/schemas/\($0.name)" })
        #expect(Set(document.references) == known)
        #expect(known.contains("#/components/schemas/HTTPValidationError"))
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

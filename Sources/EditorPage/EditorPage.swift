/// The files of the page on which people edit: HTML, style sheets and ES modules, as they are written in `Page`.
///
/// They are part of the program, so there is nothing to install beside it, and nothing that could be of another version.
package enum EditorPage {
    /// A file by its name; nil when there is none of that name.
    package static func file(_ name: String) -> [UInt8]? {
        files[name]?()
    }

    /// The names of all style sheets, scripts and images, in alphabetical order.
    package static var names: [String] { files.keys.sorted() }

    /// The body of the page that begins everything.
    ///
    /// - Parameter root: what leads from the page to the server's root, as the beginning of relative URLs.
    package static func start(root: String) -> String { body(PackageResources.start_html, root) }

    /// The body of a room's page.
    ///
    /// - Parameter root: what leads from the page to the server's root, as the beginning of relative URLs.
    package static func room(root: String) -> String { body(PackageResources.room_html, root) }

    private static func body(_ bytes: [UInt8], _ root: String) -> String {
        String(decoding: bytes, as: UTF8.self).replacing("{root}", with: root)
    }

    /// The scripts that a script imports, directly or by way of others, in alphabetical order.
    package static func imports(of name: String) -> [String] {
        var found: Set<String> = []
        var unread = [name]
        while let next = unread.popLast() {
            let source = String(decoding: file(next) ?? [], as: UTF8.self)
            let imported = source.matches(of: /from "\.\/([a-z]+\.js)"/).map { String($0.1) }
            unread += imported.filter { found.insert($0).inserted }
        }
        return found.sorted()
    }

    private static let files: [String: @Sendable () -> [UInt8]] = [
        "assets.js": { PackageResources.assets_js },
        "base.css": { PackageResources.base_css },
        "change.js": { PackageResources.change_js },
        "client.js": { PackageResources.client_js },
        "conflict.js": { PackageResources.conflict_js },
        "cursors.js": { PackageResources.cursors_js },
        "editor.js": { PackageResources.editor_js },
        "failure.js": { PackageResources.failure_js },
        "find.js": { PackageResources.find_js },
        "ghost.js": { PackageResources.ghost_js },
        "icon.svg": { PackageResources.icon_svg },
        "languages.js": { PackageResources.languages_js },
        "notices.js": { PackageResources.notices_js },
        "people.js": { PackageResources.people_js },
        "preferences.js": { PackageResources.preferences_js },
        "recent.js": { PackageResources.recent_js },
        "replica.js": { PackageResources.replica_js },
        "room.css": { PackageResources.room_css },
        "room.js": { PackageResources.room_js },
        "rooms.js": { PackageResources.rooms_js },
        "settings.js": { PackageResources.settings_js },
        "start.css": { PackageResources.start_css },
        "start.js": { PackageResources.start_js },
        "status.js": { PackageResources.status_js },
        "undo.js": { PackageResources.undo_js },
        "words.js": { PackageResources.words_js },
    ]
}

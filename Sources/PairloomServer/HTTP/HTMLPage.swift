import HTTPTypes
import Hummingbird

/// A page for people.
struct HTMLPage: Sendable {
    let title: String
    /// What stands in the head besides the title, as HTML.
    var head = ""
    /// As HTML.
    let body: String
    /// What the page may load, and from where, as directives of a Content-Security-Policy; nothing else may be loaded.
    let policy: String

    /// - Parameter headers: others than those of every page.
    func response(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentSecurityPolicy] = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; \(policy)"
        headers[.xContentTypeOptions] = "nosniff"
        return Response(text: text, type: "text/html; charset=utf-8", status: status, headers: headers)
    }

    private var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="referrer" content="no-referrer">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title.htmlEscaped)</title>
        \(head)
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }
}

extension HTMLPage {
    /// A page with a paragraph.
    ///
    /// - Parameter text: code in it is in backticks.
    init(title: String, text: String) {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map { String($0).htmlEscaped }
        let marked = parts.enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : "<code>\($0.element)</code>" }
        self.init(title: title, body: "<h1>\(title.htmlEscaped)</h1>\n<p>\(marked.joined())</p>", policy: "")
    }
}

extension Request {
    /// What leads from the page at the request's path to the server's root, as the beginning of relative URLs: `../`.
    var wayToRoot: String {
        let depth = uri.path.utf8.count { $0 == UInt8(ascii: "/") } - 1
        return depth > 0 ? String(repeating: "../", count: depth) : "./"
    }
}

extension String {
    /// The string as text or as an attribute of HTML.
    var htmlEscaped: String {
        var escaped = ""
        for character in self {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

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

    var response: Response {
        Response(
            text: text, type: "text/html; charset=utf-8",
            headers: [
                .contentSecurityPolicy: "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; \(policy)",
                .xContentTypeOptions: "nosniff",
            ])
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

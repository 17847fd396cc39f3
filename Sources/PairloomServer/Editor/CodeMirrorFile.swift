/// A file of CodeMirror 5 that the editor's page loads, by its path in the package `codemirror`.
package enum CodeMirrorFile: String, AssetFile {
    case style = "lib/codemirror.css"
    case library = "lib/codemirror.js"
    case closeBrackets = "addon/edit/closebrackets.js"
    case comment = "addon/comment/comment.js"
    case matchBrackets = "addon/edit/matchbrackets.js"
    case searchCursor = "addon/search/searchcursor.js"
    case simpleMode = "addon/mode/simple.js"
    case clike = "mode/clike/clike.js"
    case css = "mode/css/css.js"
    case go = "mode/go/go.js"
    case htmlMixed = "mode/htmlmixed/htmlmixed.js"
    case javaScript = "mode/javascript/javascript.js"
    case php = "mode/php/php.js"
    case python = "mode/python/python.js"
    case ruby = "mode/ruby/ruby.js"
    case rust = "mode/rust/rust.js"
    case shell = "mode/shell/shell.js"
    case sql = "mode/sql/sql.js"
    case swift = "mode/swift/swift.js"
    case xml = "mode/xml/xml.js"

    /// The file's name without its folders.
    var name: String { String(rawValue.split(separator: "/").last ?? "") }

    /// The path below the server's root where it has the file, when it has a folder of them.
    var ownPath: String { "editor/codemirror/\(name)" }
}

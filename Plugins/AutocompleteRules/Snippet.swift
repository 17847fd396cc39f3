/// A suggestion for a place in a line.
///
/// In `insert`, `\n` is a line end at the line's own indentation and `\t` one step of indentation more. Whatever stands
/// behind the first line of `insert` is left out where the text has that block already.
struct Snippet: Sendable {
    enum Place: String, Sendable, CaseIterable {
        /// The line up to the cursor is just this, apart from its indentation and the language's lead-ins.
        case line
        /// As `line`, unless the text has the finished line already.
        case once
        /// The line up to the cursor ends with this.
        case anywhere
    }

    let place: Place
    let typed: String
    let insert: String
}

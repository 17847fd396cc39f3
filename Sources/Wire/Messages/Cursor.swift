/// A selection, in UTF-16 code units.
package struct Cursor: Sendable, Hashable {
    /// Where the selection began.
    package let anchor: Int
    /// The end that moves; equal to ``anchor`` when nothing is selected.
    package let head: Int

    package init(anchor: Int, head: Int) {
        self.anchor = anchor
        self.head = head
    }
}

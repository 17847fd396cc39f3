import CollabText

extension TextChange {
    /// A string with this change made to it.
    func applied(to string: String) throws -> String {
        TextBuffer(string).applying(self).description
    }
}

/// Why a helper of the tests gave up, in one sentence.
package struct Failure: Error, CustomStringConvertible {
    package let description: String

    /// An error that says this.
    package init(_ description: String) {
        self.description = description
    }
}

/// Things that were found, of which there may be very many: how many there are, and the first few.
package struct Findings<Finding: Sendable>: Sendable {
    /// How many there are.
    package private(set) var count = 0
    /// The first ten, in the order in which they were found.
    package private(set) var first: [Finding] = []

    package init() {}

    /// Whether there are none.
    package var isEmpty: Bool { count == 0 }

    mutating func append(_ finding: Finding) {
        count += 1
        if first.count < 10 { first.append(finding) }
    }
}

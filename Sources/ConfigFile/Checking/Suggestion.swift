/// Finds the word that someone most likely meant.
package enum Suggestion {
    /// The nearest of the words, or nil when none is near.
    ///
    /// A word is near when it differs in case and separators alone, or in one letter of three. Where none is, the
    /// shortest that begins with what was written is meant: `warn` is for `warning`.
    static func nearest(to word: String, in words: [String]) -> String? {
        let wanted = folded(word)
        guard wanted.count <= 40 else { return nil }
        let limit = min(3, max(1, wanted.count / 3))
        let distances = words.map { (word: $0, distance: distance(wanted, folded($0))) }
        let near = distances.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.word
        return near ?? shortest(beginningWith: wanted, in: words)
    }

    private static func shortest(beginningWith start: [Character], in words: [String]) -> String? {
        guard start.count >= 3 else { return nil }
        return words.filter { folded($0).starts(with: start) }.min { $0.count < $1.count }
    }

    /// What would do instead of an unknown word: "did you mean", if there is a near one, and all that there are.
    package static func help(for word: String, in words: [String], introducing introduction: String) -> String {
        let list = "\(introduction): \(words.joined(separator: ", "))"
        return nearest(to: word, in: words).map { "did you mean `\($0)`? \(list)" } ?? list
    }

    private static func folded(_ word: String) -> [Character] {
        Array(word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " })
    }

    /// How many letters must be added, removed, changed or swapped with their neighbour (optimal string alignment).
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(previous[column + 1], current[column]) + 1
                cost = min(cost, previous[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}

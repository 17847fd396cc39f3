/// Finds the word of a text that best completes a beginning: used near the cursor, used often, used in the same role.
///
/// The beginning itself is one of the words when the text has it elsewhere: who typed it may well be done.
/// Each occurrence counts in full next to the cursor, half at `halfway` units from it, and so on; and a quarter when
/// the one is a member behind a dot and the other is not.
struct IdentifierRanking {
    private static let halfway = 512.0

    private let source: Source
    private let prefix: ArraySlice<UInt16>
    private let isMember: Bool
    private var scores: [String: Double] = [:]

    /// A ranking of the words that begin as `word` does; `isMember` tells whether that stands behind a dot.
    init(source: Source, word: Range<Int>, isMember: Bool) {
        self.source = source
        self.prefix = source.units[word]
        self.isMember = isMember
    }

    /// Counts the words that begin in a range of the text.
    mutating func count(wordsIn range: Range<Int>) {
        var position = range.lowerBound
        if position > 0, source.units[position - 1].isIdentifier { position = endOfWord(at: position) }
        while position < range.upperBound {
            guard source.units[position].isIdentifier else {
                position += 1
                continue
            }
            let end = endOfWord(at: position)
            count(position..<end)
            position = end
        }
    }

    /// The rest of the best word that is none of these; nil when the beginning itself is the best.
    func restOfBest(except known: Set<String>) -> String? {
        let best = scores.filter { !known.contains($0.key) }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        guard let best, best.utf16.count > prefix.count else { return nil }
        return String(decoding: Array(best.utf16.dropFirst(prefix.count)), as: UTF16.self)
    }

    private mutating func count(_ word: Range<Int>) {
        guard word.count <= Source.longestWord, word.upperBound != source.cursor else { return }
        guard source.units[word].starts(with: prefix) else { return }
        let follows = word.lowerBound > 0 && source.units[word.lowerBound - 1] == 0x2E
        let nearness = 1 / (1 + Double(abs(source.cursor - word.lowerBound)) / Self.halfway)
        scores[source.string(word), default: 0] += follows == isMember ? nearness : nearness / 4
    }

    private func endOfWord(at position: Int) -> Int {
        source.end(ofRunAt: position, where: \.isIdentifier)
    }
}

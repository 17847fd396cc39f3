/// Finds the word of a text that best completes a beginning: used near the cursor, used often, used in the same role.
///
/// The beginning itself is one of the words when the text has it elsewhere: who typed it may well be done.
/// Each occurrence counts in full next to the cursor, half at `halfway` units from it, and so on; and a quarter when
/// the one is a member behind a dot and the other is not.
struct IdentifierRanking {
    private static let halfway = 512.0

    private let source: Source
    private let prefix: ArraySlice<UInt16>
    private let first: UInt16
    private let isMember: Bool
    /// By a hash of each word, or the next number that is free.
    private var words: [UInt64: Word] = [:]

    private struct Word {
        /// Where it stands first.
        let range: Range<Int>
        var score: Double
    }

    /// A ranking of the words that begin as `word` does, which is not empty; `isMember` tells whether that stands
    /// behind a dot.
    init(source: Source, word: Range<Int>, isMember: Bool) {
        self.source = source
        self.prefix = source.units[word]
        self.first = prefix.first ?? 0
        self.isMember = isMember
    }

    /// Counts the words that begin in a range of the text.
    mutating func count(wordsIn range: Range<Int>) {
        var position = range.lowerBound
        if position > 0, source.names.contain(source.units[position - 1]) { position = endOfWord(at: position) }
        while position < range.upperBound {
            guard source.names.contain(source.units[position]) else {
                position += 1
                continue
            }
            let end = endOfWord(at: position)
            if source.units[position] == first { count(position..<end) }
            position = end
        }
    }

    /// The rest of the best word that is not known; nil when the beginning itself is the best.
    func restOfBest(except isKnown: (String) -> Bool) -> String? {
        var best: (word: String, score: Double)?
        for candidate in words.values where candidate.score >= best?.score ?? 0 {
            let word = source.string(candidate.range)
            if let best, candidate.score == best.score, best.word < word { continue }
            if !isKnown(word) { best = (word, candidate.score) }
        }
        guard let word = best?.word, word.utf16.count > prefix.count else { return nil }
        return String(decoding: Array(word.utf16.dropFirst(prefix.count)), as: UTF16.self)
    }

    private mutating func count(_ word: Range<Int>) {
        guard word.count <= Source.longestWord, word.upperBound != source.cursor else { return }
        guard source.units[word].starts(with: prefix) else { return }
        let follows = word.lowerBound > 0 && source.units[word.lowerBound - 1] == 0x2E
        let nearness = 1 / (1 + Double(abs(source.cursor - word.lowerBound)) / Self.halfway)
        words[key(of: word), default: Word(range: word, score: 0)].score +=
            follows == isMember ? nearness : nearness / 4
    }

    /// The key of a word; not the word itself, since making a string for each would take most of the time.
    private func key(of word: Range<Int>) -> UInt64 {
        // FNV-1a.
        var key = source.units[word].reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        while let known = words[key], source.units[known.range] != source.units[word] { key &+= 1 }
        return key
    }

    private func endOfWord(at position: Int) -> Int {
        source.end(ofRunAt: position, where: source.names.contain)
    }
}

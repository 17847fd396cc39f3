/// Tracks whether a string in three quotes, or a comment between `/*` and `*/`, is open at the end of the text read
/// so far.
///
/// Reading goes forward only, so that each character of an answer is looked at once.
struct LongText {
    private var openQuotes: Set<Character> = []
    private var isInComment = false
    private var previous: Character?
    /// The number of equal characters at the end, since the last three quotes.
    private var run = 0

    var isOpen: Bool { isInComment || !openQuotes.isEmpty }

    /// Reads the text that follows what has been read.
    mutating func read(_ text: Substring) {
        for character in text {
            let last = previous
            previous = character
            run = character == last ? run + 1 : 1
            switch character {
            case "\"", "'":
                if run == 3 { toggle(character) }
            case "*" where last == "/":
                isInComment = true
                // The asterisk of `/*` is not the one of `*/` too.
                previous = nil
            case "/" where last == "*":
                isInComment = false
            default:
                break
            }
        }
    }

    /// Opens or closes a string in three quotes.
    private mutating func toggle(_ quote: Character) {
        run = 0
        if openQuotes.remove(quote) == nil { openQuotes.insert(quote) }
    }
}

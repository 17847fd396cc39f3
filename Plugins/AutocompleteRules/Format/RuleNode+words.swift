/// How the words and snippets of places are written in a file.
extension RuleNode {
    func placedWords() throws(RuleFileError) -> [PlacedWords] {
        var places: [PlacedWords] = []
        for item in try items("a list of places") {
            let section = try item.section(["behind", "after", "inside", "statement", "letters", "words"])
            guard let words = section["words"] else {
                throw item.error("a place without words, expected the key words")
            }
            places.append(
                PlacedWords(
                    behind: try section["behind"]?.string(), after: try section["after"]?.string(),
                    inside: try section["inside"]?.bracket(), isStatement: try section["statement"]?.boolean() ?? false,
                    letters: try section["letters"]?.integer(in: 1...9) ?? SuggestionEngine.shortestPrefix,
                    words: try words.strings()))
        }
        return places
    }

    /// For each place, what is typed there and what to insert then.
    func snippets() throws(RuleFileError) -> [Snippet] {
        let section = try section(Snippet.Place.allCases.map(\.rawValue))
        var snippets: [Snippet] = []
        for place in Snippet.Place.allCases {
            for (key, value) in try section[place.rawValue]?.entries("what is typed, with what to insert") ?? [] {
                let typed = try key.string()
                guard !typed.contains("\n") else { throw key.expected("what is typed in one line") }
                for insert in try value.stringOrStrings() {
                    snippets.append(Snippet(place: place, typed: typed, insert: insert))
                }
            }
        }
        return snippets
    }

    private func bracket() throws(RuleFileError) -> UInt16 {
        guard let unit = try string().utf16.first, try string().utf16.count == 1 else {
            throw expected("an opening bracket")
        }
        return unit
    }
}

import Testing

/// What holds in every language.
@Suite struct SuggestionRulesTests {
    @Test(arguments: [
        Example("def|def", nil),
        Example("total = 1\nto|tal", nil),
        Example("for |x", nil),
        Example("ca|fé", nil),
    ])
    func nothingInTheMiddleOfAWord(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("total = 1\nt|", nil),
        Example("total = 1\nto|", "tal"),
        Example("a12b = 1\n12|", nil),
        Example("a = 1\n|", nil),
        Example("|", nil),
    ])
    func wordsAreCompletedFromTheSecondLetterOn(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("count_far\n\n\n\n\n\n\n\ncount_near = 1\na = cou|", "nt_near"),
        Example("item_a\nitem_b item_b item_b\na = it|", "em_b"),
        Example("value_a.value_b\nx.val|", "ue_b"),
        Example("value_b.value_a\nx = val|", "ue_b"),
        Example("lambda_total = 1\nx = lambda_|", "total"),
    ])
    func nearAndFrequentWordsComeFirst(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("path = 1\npathlib = 2\nuse(path|)", "lib"),
        Example("path = 1\npathlib = path\nuse(path|)", nil),
        Example("use(path|)\npath", nil),
    ])
    func aWordThatTheTextHasMayBeFinished(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("# secret_word\nx = sec|", nil),
        Example("y = \"secret_word\"\nx = sec|", nil),
        Example("x = sec|\n# secret_word\nsecret_sum", "ret_sum"),
    ])
    func wordsOfCommentsAndStringsAreNoNames(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("return|", nil),
        Example("is_ready = 1\nx = is|", nil),
        Example("settings = 1\nx = set|", "tings"),
        Example("returned = 1\nx.return|", "ed"),
    ])
    func aKeywordIsNotTheBeginningOfAnotherName(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("pri|(total)", "nt"),
        Example("pri|nt(total)", nil),
        Example("imp| os", "ort"),
        Example("x = y.|log()", nil),
        Example("if __name__| == \"__main__\":", nil),
        Example("def | # name", nil),
    ])
    func whatFollowsIsNotSuggestedAgain(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("class A:\n  def a(self):\n    pass\n\nif a:|", "\n  "),
        Example("class A:\n\tdef a(self):|", "\n\t\t"),
        Example("class A:\n   x = 1\nclass B:|", "\n   "),
        Example("def a():|", "\n    "),
        Example("x = 1\r\ndef a():|\r\n", "\r\n    "),
        Example("def a():|\n    pass", nil),
        Example("def a():|\npass", "\n    "),
        Example("def a():|\n\n\n    pass", nil),
    ])
    func blocksFollowTheIndentationOfTheText(_ example: Example) async throws {
        try await example.check(in: "python")
    }

    @Test(arguments: [
        Example("Qapla' batlh\nba|", "tlh"),
        Example("def |", nil),
        Example("total {|", nil),
        Example("Überraschung\nÜb|", "erraschung"),
        Example("שלום_עולם\nשל|", "ום_עולם"),
        Example("😀total\n😀to|", "tal"),
    ])
    func ofAnUnknownLanguageOnlyWordsAreCompleted(_ example: Example) async throws {
        try await example.check(in: "klingon")
    }
}

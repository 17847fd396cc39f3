import CollabText
import Testing

@Suite struct TextBufferTests {
    @Test func equalTextsAreEqualWhereverTheGapIs() {
        var a = TextBuffer("hello")
        a.replace(1..<1, with: Array("x".utf16))
        a.replace(1..<2, with: [])
        #expect(a == TextBuffer("hello"))
    }
}

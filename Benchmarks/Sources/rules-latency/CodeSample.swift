import CollabText
import ProviderKit

/// Code of a language that documents of any length are made of.
struct CodeSample {
    let language: String
    /// What somebody begins to type on a line of its own.
    let typed: String
    /// A piece of code; `#` stands for a number, so that a document has many names.
    private let piece: String

    /// A document of about this many code units.
    func document(of length: Int) -> Document {
        var units: [UInt16] = []
        var number = 0
        while units.count < length {
            units += piece.replacing("#", with: "\(number)").utf16
            number += 1
        }
        return Document(text: TextBuffer(units: Array(units.prefix(length))))
    }

    static let all = [
        CodeSample(
            language: "python", typed: "    return tot",
            piece: """
                class Account#:
                    \"\"\"An account, and what was paid.\"\"\"
                    def total_of_items#(self, items, größe):
                        # The sum, with "quotes" in it.
                        result = sum(item.price for item in items) + 10
                        return f"{result} €" if result else 'nothing #'


                """),
        CodeSample(
            language: "typescript", typed: "  const res",
            piece: """
                export async function loadAccount#(id: string): Promise<Account> {
                  // Don't ask twice.
                  const response = await fetch(`/accounts/${id}?page=${page#}`);
                  if (!response.ok) { throw new Error("no account"); }
                  return response.json() as Account;
                }

                """),
        CodeSample(
            language: "shell", typed: "  echo \"$sou",
            piece: """
                # Copies what is new.
                copy_all#() {
                  for file in "$source#"/*; do
                    if [ -f "$file" ]; then
                      cp "$file" "${target}/" || echo "failed: $(basename "$file")"
                    fi
                  done
                }

                """),
        CodeSample(
            language: "html", typed: "  <a hre",
            piece: """
                <section id="part-#" class="wide">
                  <h2>Part #, isn't it?</h2>
                  <ul><li><a href="#p">One</a></li><li><img src="b.png" alt="B"></li></ul>
                </section>

                """),
        CodeSample(
            language: "cpp", typed: "    ite",
            piece: """
                /* Accounts. */
                class Account# : public Base {
                public:
                    int total#(const std::vector<Item>& items) { return items.size() + count_; }
                };

                """),
        CodeSample(
            language: "rust", typed: "    let x = gr",
            piece: "    let summe_# = größe(\"текст\", 'x', 変数_#); // 変数 für alle\n"),
    ]
}

/// A text to ask about.
struct Document {
    let text: TextBuffer

    /// A request with the cursor near a position, at the end of a word.
    func request(at position: Int, language: String) -> CompletionRequest {
        var cursor = position % text.count
        while cursor < text.count, text[cursor] != 0x0A, text[cursor] != 0x20 { cursor += 1 }
        return request(text, cursor, language)
    }

    /// A request behind something typed on a line of its own, near a position.
    func request(behind typed: String, at position: Int, language: String) -> CompletionRequest {
        var start = position % text.count
        while start < text.count, text[start] != 0x0A { start += 1 }
        let line = Array("\n\(typed)".utf16)
        var edited = text
        edited.replace(start..<start, with: line)
        return request(edited, start + line.count, language)
    }

    private func request(_ text: TextBuffer, _ cursor: Int, _ language: String) -> CompletionRequest {
        CompletionRequest(text: text, cursor: cursor, language: language, deadline: .now + .seconds(60))
    }
}

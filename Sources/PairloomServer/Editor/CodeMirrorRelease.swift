/// The release of CodeMirror that browsers load from a public host when this machine has none.
///
/// Each file is pinned by its hash (Subresource Integrity), so that nobody but its authors can change what runs in the page.
enum CodeMirrorRelease {
    static let host = "https://cdn.jsdelivr.net"

    static func address(of file: CodeMirrorFile) -> String {
        "\(host)/npm/codemirror@5.65.11/\(file.rawValue)"
    }

    static func integrity(of file: CodeMirrorFile) -> String? {
        hashes[file]
    }

    private static let hashes: [CodeMirrorFile: String] = [
        .style: "sha384-bsaAhvdduZPAwUb7RRLRvDgtEtOsggrgjkr/EjPO1i/vdoi+DmdLaG79UOt6M5hD",
        .library: "sha384-qLnzaTJfdA1s4eueSJjq5uRAonqS80EmhgZBpus3KyS3eSHoJveGQNrmFSNdfqFq",
        .closeBrackets: "sha384-pF/JiVjqZ1pMXmw6/3YCvu7PgYNcVJTxusZ7AuvTvSFR9iw74b85dWF5WYXeQ5t5",
        .comment: "sha384-ZkNvHhT9n7xLw7JQGSpYm5KgXoII4/ZU231iV1M5a7PTxi8RvkvDoXNcL3s6xXYg",
        .matchBrackets: "sha384-VTfea43jk3cts7Fd5DbskOZKCo1P+X4qCWSv0+oIhMKaSymJL4+KZ9eC6VzkZbab",
        .searchCursor: "sha384-Fb0JQymUnTS6/ObRqQC2jFewjRP/5GdhVYdNSrgR5LhWLaTDi2OPvCRqoJlRGrDm",
        .simpleMode: "sha384-qeu+SDWpTAqXUyXdqdwbMDeYSQiv6rErEHLJ/cITY3wtuYhN2LdBSBZeS7Jyn8nv",
        .clike: "sha384-vzHg6BPBy4szxdd5zoIgsiAD0AZ6zbEqF8yyS/mrxIYYdkfu6UrxxZuCqlplGh4d",
        .css: "sha384-ZD4C1ohrucZOfP7+jQSuBELICO7Z73CFD5stbjic1D3DbZk88mqj3KsRjSml/NCK",
        .go: "sha384-a0jgZ3mPeSmXxq1ZtEZ6+NoiUD1lFj8ZZvlCFqV68r2SwELpyX5dodlPXI7dQCgw",
        .htmlMixed: "sha384-0MH/N0DfWPIbCXDe9I7tmLw0dsJ4gKQUijwCcpaTgGxrTTrypsJwEOOqi5yhkQiK",
        .javaScript: "sha384-UEBcG5Bts/NmkO8UcF+Jq5qLb7Z1SVsz66bvds73oF8/I6p33YGu3l9bgAs27nNj",
        .php: "sha384-w5q5OA1HIpfybIqKn0p1+67Fxbz2cacujxkm2gV7UWZ5TyrdC5nwnV7LuCYt90uR",
        .python: "sha384-+mpu6NeGuCDMqrgfmrCjsEgtby+IIIvDbitrRYUv40vEa0VIyyCNDVHR1eSnWdDl",
        .ruby: "sha384-xmngpnTKEsGxfCLyBVHGJqEaqEmI0oWAP1lTk24Lfr/2XbFF8lSCqUO0BjrtIE6s",
        .rust: "sha384-1mU5hr664URuS5xUSdqAt2jkmII2nC9cYb58EL8SzkCw1Oh0lhiLgMQUw4PJOCx7",
        .shell: "sha384-lz9LWKgFew98z3DxB7ohxotQbz0ovVP2toOOccn0RrfT9GCqsXunVj3J96oC6PsP",
        .sql: "sha384-iuxdIgY6+PmfT6EznLNOqP6xXAkq5K8/FzMTuDiRI/Tyfpp2YW/ow9/vnE9ivUGw",
        .swift: "sha384-Qsqe37j9kMi9viRfPus0XvMmmOXZYm4vAv91+CjzL5naZifXDqWb3mi2xgaW4wVA",
        .xml: "sha384-KX/+LdYWr3JcKfT7HK55DC3oPVJwnJSympb1qoO14sxVDtDIg+xHPVLltqJEbitI",
    ]
}

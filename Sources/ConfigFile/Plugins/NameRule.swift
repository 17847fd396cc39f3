/// What the names of providers and of options look like.
package enum NameRule {
    /// Whether a name is made of lower case ASCII letters and digits, a letter first, in parts that are joined by a sign: a
    /// hyphen in the name of a provider, an underscore in that of an option.
    package static func isName(_ name: String, joinedBy sign: Character) -> Bool {
        guard let first = name.first, first.isLetter else { return false }
        return name.split(separator: sign, omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLowercase) }
        }
    }
}

import ProviderKit

/// A section whose values are checked.
struct CheckedSection {
    let values: OptionValues
    /// Nil when the section chooses no provider.
    let choice: ProviderChoice?
}

/// What becomes of the values of a section.
enum SectionUse {
    /// They are used, so all that is required must be there. Holds the place to name when it is not, if there is one.
    case chosen(SourcePosition?)
    /// They belong to a provider that is not chosen.
    case notChosen

    var isChosen: Bool {
        if case .chosen = self { true } else { false }
    }
}

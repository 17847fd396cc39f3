import ProviderKit

/// A section whose values are checked.
struct CheckedSection {
    let values: OptionValues
    /// The providers that the section chooses, in order; none when it chooses none.
    let choices: [ProviderChoice]
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

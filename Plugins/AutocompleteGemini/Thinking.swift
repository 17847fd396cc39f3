/// How much a model thinks before it answers, as the configuration says it.
enum Thinking: String, CaseIterable, Sendable {
    /// The least that the model is known to take; nothing is said to a model of an unknown family.
    case auto
    /// Not at all, or as little as the model can.
    case none
    case minimal
    case low
    case medium
    case high

    /// What a request says about it, in the way of the family: never a level and a budget both.
    ///
    /// A level goes to the service as it is written, even where the model may refuse it: which levels a model has
    /// changes from one to the next. A 2.5 model gets a budget in tokens instead: 512 for `minimal`, then 1,024, 8,192
    /// and 24,576.
    func setting(for family: ModelFamily) -> GenerateContentRequest.ThinkingConfig? {
        switch family {
        case .budget(let least): .init(thinkingBudget: budget ?? least)
        case .level(let least): .init(thinkingLevel: level ?? least)
        case .unknown: level.map { .init(thinkingLevel: $0) }
        }
    }

    private var budget: Int? {
        switch self {
        case .auto, .none: nil
        case .minimal: 512
        case .low: 1_024
        case .medium: 8_192
        case .high: 24_576
        }
    }

    private var level: String? {
        switch self {
        case .auto, .none: nil
        case .minimal, .low, .medium, .high: rawValue.uppercased()
        }
    }
}

/// What kind of setting a model takes for its thinking, and the least of it.
enum ModelFamily: Equatable, Sendable {
    /// A number of tokens: the 2.5 models. The larger one cannot be kept from thinking.
    case budget(least: Int)
    /// A level: the 3.x models. From 3.8 on, and on those that are not called flash, `MINIMAL` is an error.
    case level(least: String)
    case unknown

    init(of model: String) {
        if model.hasPrefix("gemini-2.5-") {
            self = .budget(least: model.hasPrefix("gemini-2.5-pro") ? 128 : 0)
        } else if let match = model.prefixMatch(of: /gemini-3(?:\.([0-9]{1,4}))?-/) {
            let minor = match.1.flatMap { Int($0) } ?? 0
            let takesMinimal = minor < 8 && model.contains("flash")
            self = .level(least: takesMinimal ? "MINIMAL" : "LOW")
        } else {
            self = .unknown
        }
    }
}

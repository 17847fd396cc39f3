/// How many steps a difference may still take: about a nanosecond or two each.
struct DifferenceBudget {
    private var steps: Int

    /// A budget for texts of so many units together.
    init(units: Int) {
        steps = units + 100_000
    }

    /// What one of several searches may take at most, so that one that leads nowhere leaves something to the next.
    var share: Int { steps / 2 }

    /// Takes so many steps; false when there are not enough left.
    mutating func spend(_ count: Int) -> Bool {
        steps -= count
        return steps >= 0
    }
}

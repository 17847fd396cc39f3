import Foundation

/// Random numbers that are the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The seeds of a property test: new ones in every run, or those after `COLLABTEXT_SEED` when it is set.
///
/// A failing test names its seed as its argument.
let seeds: [UInt64] = {
    let environment = ProcessInfo.processInfo.environment["COLLABTEXT_SEED"].flatMap { UInt64($0) }
    let first = environment ?? UInt64.random(in: 0..<1_000_000_000)
    return (0..<200).map { first + $0 }
}()

/// Fewer of ``seeds``, for a law that is checked on every alphabet.
let someSeeds = Array(seeds.prefix(60))

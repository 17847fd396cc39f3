import Foundation

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

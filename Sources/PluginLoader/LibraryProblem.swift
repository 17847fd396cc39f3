/// Why a file is no library that this server could load, as far as its bytes tell.
enum LibraryProblem: Error, Equatable {
    case empty
    /// It is something else, as far as known in words: "a script".
    case other(String?)
    /// It was built for a machine that is not this one.
    case foreign(Machine, here: Machine)
    /// It ends early.
    case truncated(size: UInt64, expected: UInt64)
    /// What it tells about itself cannot be, in a few words.
    case damaged(String)
}

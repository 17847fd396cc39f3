import Foundation

/// The stream for what is not the result of a command.
enum StandardError {
    /// Whether somebody is looking at it.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// How many characters fit on one line.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    static func write(_ text: String) {
        // Fails on a terminal that is gone.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

import Migration

/// Shows on stderr how far a migration is: on a terminal one line that changes, elsewhere a line now and then.
struct ProgressDisplay {
    private let monitor: MigrationMonitor
    private let clock = ContinuousClock()
    private var phase = MigrationProgress.Phase.counting
    private var phaseStart = ContinuousClock.now
    private var lastLine = ContinuousClock.now
    private var lastTenth = 0

    /// How long a line stays the newest where lines are not redrawn.
    private static let pauseBetweenLines = Duration.seconds(10)
    private static let barWidth = 20

    init(monitor: MigrationMonitor) {
        self.monitor = monitor
    }

    /// Shows it until the task is canceled.
    consuming func run() async {
        while !Task.isCancelled {
            let progress = monitor.progress
            if progress.phase != phase { begin(progress.phase) }
            if StandardError.isTerminal { redraw(progress) } else { writeLine(progress) }
            try? await clock.sleep(for: .milliseconds(100))
        }
        if StandardError.isTerminal { StandardError.write(Self.clearedLine) }
    }

    private mutating func begin(_ phase: MigrationProgress.Phase) {
        self.phase = phase
        phaseStart = clock.now
        lastTenth = 0
    }

    private static let clearedLine = "\r\u{1B}[K"

    private func redraw(_ progress: MigrationProgress) {
        let line = progress.line(after: clock.now - phaseStart, barWidth: Self.barWidth)
        StandardError.write(Self.clearedLine + line.prefix(StandardError.width - 1))
    }

    /// Writes a line for each tenth of a phase, and when none was written for a while.
    private mutating func writeLine(_ progress: MigrationProgress) {
        let tenth = Int((progress.fraction ?? 0) * 10)
        guard tenth > lastTenth || clock.now - lastLine >= Self.pauseBetweenLines else { return }
        lastTenth = tenth
        lastLine = clock.now
        StandardError.write(progress.line(after: clock.now - phaseStart) + "\n")
    }
}

import NIOCore
import ProviderKit

/// When a client answered for which revision, as far as it matters: to know the newest one that even a busy page, whose
/// library has read a message and answered for it, must have shown by now.
struct Sightings {
    private struct Sighting {
        let revision: Revision
        let at: NIODeadline
    }

    private var latest: Sighting?
    /// One that is kept until it is old enough, however many come after it.
    private var aging: Sighting?
    private var settled: Sighting?

    /// How long a page may be busy.
    private static let busyTime = TimeAmount.seconds(2)

    /// Notes an answer.
    mutating func add(_ revision: Revision, at now: NIODeadline) {
        if let latest, Self.isOld(latest, now) {
            (settled, aging) = (latest, nil)
        } else if let aging, Self.isOld(aging, now) {
            settled = aging
            self.aging = latest
        } else {
            aging = aging ?? latest
        }
        latest = Sighting(revision: revision, at: now)
    }

    /// The newest revision that was certainly shown; nil when there is none.
    func settled(now: NIODeadline) -> Revision? {
        [latest, aging, settled].lazy.compactMap(\.self).first { Self.isOld($0, now) }?.revision
    }

    private static func isOld(_ sighting: Sighting, _ now: NIODeadline) -> Bool {
        now - sighting.at >= busyTime
    }
}

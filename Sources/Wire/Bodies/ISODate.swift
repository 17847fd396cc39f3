/// A moment in UTC as ISO 8601 writes it, to the millisecond: `2026-11-23T18:12:36.000Z`.
struct ISODate: CustomStringConvertible {
    /// Since 1970-01-01T00:00:00Z.
    let milliseconds: Int64

    var description: String {
        let (days, time) = milliseconds.flooredQuotient(by: 86_400_000)
        let date = Self.date(daysSince1970: days)
        let clock = [(time / 3_600_000, 2), (time / 60_000 % 60, 2), (time / 1_000 % 60, 2)].map(Self.padded)
        let year = Self.padded(date.year, 4)
        return "\(year)-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))T\(clock.joined(separator: ":"))"
            + ".\(Self.padded(time % 1_000, 3))Z"
    }

    /// The date in the Gregorian calendar, by counting in eras of 400 years that begin on a first of March.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).flooredQuotient(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}

extension Int64 {
    /// The quotient rounded down, and what is left, which is never negative.
    fileprivate func flooredQuotient(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

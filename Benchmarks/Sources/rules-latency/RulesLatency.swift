import AutocompleteRules
import CollabText
import Foundation
import ProviderKit

/// Measures how long the rules take to answer, for documents of several lengths and cursors all over them.
///
/// Prints a JSON array with an object for each language and length, in code units; times are in microseconds.
@main
struct RulesLatency {
    private static let lengths = [10_000, 100_000, 1_000_000]
    private static let requests = 2_000

    static func main() async {
        do {
            guard CommandLine.arguments.count == 1 else { throw LatencyError("usage: rules-latency") }
            let provider = try await RulesAutocompleteProvider.descriptor.make(OptionValues(), .silent)
            var reports: [LatencyReport] = []
            for sample in CodeSample.all {
                for length in lengths { reports.append(try await report(of: sample, length: length, from: provider)) }
            }
            await provider.close()
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            print(String(decoding: try encoder.encode(reports), as: UTF8.self))
        } catch {
            FileHandle.standardError.write(Data("rules-latency: \(error)\n".utf8))
            exit(1)
        }
    }

    /// Asks with cursors spread over a document, at words that stand there and behind such as are being typed. The first requests are not counted: they warm up the memory.
    private static func report(
        of sample: CodeSample, length: Int, from provider: any AutocompleteProvider
    ) async throws -> LatencyReport {
        let document = sample.document(of: length)
        var times: [Duration] = []
        var answers = 0
        for index in -50..<requests {
            let position = (index + 50) * 7_919
            let request =
                index % 2 == 0
                ? document.request(at: position, language: sample.language)
                : document.request(behind: sample.typed, at: position, language: sample.language)
            let start = ContinuousClock.now
            let answer = try await provider.complete(request)
            guard index >= 0 else { continue }
            times.append(start.duration(to: .now))
            if answer != nil { answers += 1 }
        }
        times.sort()
        return LatencyReport(
            language: sample.language, length: length, requests: times.count, answers: answers,
            p50: microseconds(times[times.count / 2]), p99: microseconds(times[times.count * 99 / 100]),
            slowest: microseconds(times[times.count - 1]))
    }

    private static func microseconds(_ duration: Duration) -> Double {
        (duration / .microseconds(1)).rounded()
    }
}

/// What is printed of one language and one length.
private struct LatencyReport: Encodable {
    let language: String
    let length: Int
    let requests: Int
    let answers: Int
    let p50: Double
    let p99: Double
    let slowest: Double
}

/// Why there is no result, in words for the person who asked for one.
private struct LatencyError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

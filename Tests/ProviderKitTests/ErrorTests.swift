import ProviderKit
import Testing

@Suite struct ErrorTests {
    @Test(arguments: StorageError.Code.allCases)
    func aStorageErrorThatMayPassCanBeTriedAgain(code: StorageError.Code) {
        let passing: Set<StorageError.Code> = [.unavailable, .full, .readOnly, .inUse]
        #expect(StorageError(code, "message").isRetryable == passing.contains(code))
    }

    @Test(arguments: AutocompleteError.Code.allCases)
    func anAutocompleteErrorThatMayPassCanBeTriedAgain(code: AutocompleteError.Code) {
        let passing: Set<AutocompleteError.Code> = [.unavailable, .timedOut]
        #expect(AutocompleteError(code, "message").isRetryable == passing.contains(code))
    }

    @Test func aFailedStartIsFinalUnlessItSaysOtherwise() {
        #expect(!ProviderStartError("no such file").isRetryable)
        #expect(ProviderStartError("still starting", isRetryable: true).isRetryable)
        #expect("\(ProviderStartError("no such file"))" == "no such file")
    }

    @Test func anErrorShowsWhatTheDriverSaid() {
        #expect("\(StorageError(.full, "no space is left"))" == "no space is left")
        #expect("\(StorageError(.full, "no space", underlying: "SQLITE_FULL"))" == "no space (SQLITE_FULL)")
        #expect("\(AutocompleteError(.timedOut, "no answer", underlying: "28"))" == "no answer (28)")
    }
}

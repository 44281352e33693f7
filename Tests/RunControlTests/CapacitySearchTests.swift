import Testing

@testable import RunControl

struct CapacitySearchTests {
    /// Runs a search against a system that holds up to a limit.
    private func search(
        limit: UInt64,
        confirmationLimit: UInt64? = nil,
        from: UInt64 = 1_000,
        to: UInt64 = 10_000_000,
        precision: Double = 0.05
    ) -> (search: CapacitySearch, tries: [CapacitySearch.Try]) {
        var search = CapacitySearch(from: from, to: to, precision: precision)
        var tries: [CapacitySearch.Try] = []
        while let attempt = search.next, tries.count < 100 {
            tries.append(attempt)
            let bound = attempt.stage == .confirming ? confirmationLimit ?? limit : limit
            search.record(attempt, holds: attempt.rate <= bound)
        }
        return (search, tries)
    }

    @Test(arguments: [1_000, 1_001, 5_555, 123_456, 1_000_000, 9_999_999] as [UInt64])
    func findsTheLimitWithinThePrecision(limit: UInt64) throws {
        let (search, tries) = search(limit: limit)
        let found = try #require(search.confirmed)
        #expect(found <= limit)
        #expect(Double(limit) <= Double(found) * 1.05)
        // Doubling 1,000 to 10 million takes 14 tries, halving a factor of two to 5 % takes 4.
        #expect(tries.count <= 20)
        #expect(tries.last?.stage == .confirming)
    }

    @Test func stopsAtTheHighestRateAllowed() {
        let (search, tries) = search(limit: .max, to: 50_000)
        #expect(search.confirmed == 50_000)
        #expect(search.reachedCeiling)
        #expect(tries.map(\.rate) == [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 50_000, 50_000])
    }

    @Test func goesDownWhenTheFirstRateDoesNotHold() throws {
        let found = try #require(search(limit: 130).search.confirmed)
        #expect(found <= 130)
        #expect(found >= 123)
    }

    @Test func givesUpWhereNothingHolds() {
        let (search, tries) = search(limit: 0)
        #expect(search.confirmed == nil)
        #expect(tries.count == 10)
    }

    @Test func confirmsALowerRateAfterAFailedConfirmation() throws {
        let (search, tries) = search(limit: 100_000, confirmationLimit: 94_000)
        let found = try #require(search.confirmed)
        #expect(found <= 94_000)
        #expect(found >= 85_000)
        #expect(tries.drop { $0.stage != .confirming }.allSatisfy { $0.stage == .confirming })
    }

    @Test func givesUpAfterFourFailedConfirmations() {
        let (search, tries) = search(limit: 100_000, confirmationLimit: 1)
        #expect(search.confirmed == nil)
        #expect(tries.count { $0.stage == .confirming } == 4)
    }
}

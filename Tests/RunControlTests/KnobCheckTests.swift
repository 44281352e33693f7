import Results
import Testing

@testable import RunControl

/// What a setting must bring about, and how it shows when it brings about nothing.
struct KnobCheckTests {
    private static let knob = KnobCheck(
        setting: "batch_size",
        values: ["50", "200"],
        observables: [.init("items_per_request", .init(50, within: 2), .init(200, within: 10))]
    )

    private static func results(_ first: Double, _ second: Double) -> [RunResult] {
        [first, second].map { value in
            var result = SelfTestTests.result(broken: [:])
            result.summary["items_per_request"] = value
            return result
        }
    }

    @Test("No knob of the catalogue can pass without an effect: no figure fits both predictions")
    func everyKnobTells() {
        let knobs = [
            SelfTestCatalogue.batchSize, SelfTestCatalogue.flushInterval, SelfTestCatalogue.queueLimit,
            SelfTestCatalogue.compression, SelfTestCatalogue.requestTimeout, SelfTestCatalogue.overflow,
        ]
        for knob in knobs {
            #expect(knob.values.count == 2 && knob.observables.allSatisfy(\.isTelling), "\(knob.setting)")
            #expect(knob.observables.allSatisfy { MetricCatalogue.metric(named: $0.metric) != nil }, "\(knob.setting)")
        }
    }

    @Test func anEffectAsPredictedPasses() {
        let finding = Self.knob.finding(Self.results(49, 205))
        #expect(finding.isAsExpected)
        #expect(finding.observed == "items_per_request 49 → 205 (predicted 50 ± 2 → 200 ± 10)")
        #expect(!Self.knob.absence(Self.results(49, 205)).isAsExpected)
    }

    @Test("A setting that is not heeded is red, and one that does something else is not taken for it")
    func noEffectIsRed() {
        #expect(!Self.knob.finding(Self.results(512, 512)).isAsExpected)
        #expect(!Self.knob.finding(Self.results(50, 50)).isAsExpected)
        #expect(Self.knob.absence(Self.results(512, 512)).isAsExpected)
        #expect(Self.knob.absence(Self.results(512, 512)).observed == "no effect")
        #expect(!Self.knob.absence(Self.results(512, 400)).isAsExpected)
    }

    @Test func aBrokenLimitIsNoEffect() {
        var results = Self.results(50, 200)
        results[1].thresholds = SelfTestTests.result(broken: ["lost": 3]).thresholds
        let finding = Self.knob.finding(results)
        #expect(!finding.isAsExpected && finding.reasons == ["lost is too much"])
    }

    @Test func aMissingFigureIsNoVerdict() {
        let finding = Self.knob.finding([SelfTestTests.result(broken: [:]), SelfTestTests.result(broken: [:])])
        #expect(!finding.isAsExpected && finding.observed.hasPrefix("nothing to compare"))
    }
}

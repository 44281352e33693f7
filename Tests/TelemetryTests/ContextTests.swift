import HarnessCore
import Testing

@testable import Telemetry

/// Ids and samplers.
struct ContextTests {
    @Test func idsAreReadAndWrittenInHexadecimal() throws {
        // The examples of https://www.w3.org/TR/trace-context/#examples-of-http-traceparent-headers.
        let trace = try #require(TraceID("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(trace.high == 0x4BF9_2F35_77B3_4DA6 && trace.low == 0xA3CE_929D_0E0E_4736)
        #expect(trace.description == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(SpanID("00F067AA0BA902B7")?.description == "00f067aa0ba902b7")
        #expect(TraceID("4bf92f35") == nil && SpanID("+0f067aa0ba902b7") == nil && SpanID("") == nil)
        #expect(!TraceID(high: 0, low: 0).isValid && !SpanID(0).isValid && TraceID(high: 1, low: 0).isValid)
    }

    @Test func idsAreNeverZeroAndDiffer() {
        // A source that yields zeros: ids are drawn again.
        struct Zeros: RandomNumberGenerator {
            var left = 4
            mutating func next() -> UInt64 {
                left -= 1
                return left >= 0 ? 0 : 42
            }
        }
        var source = Zeros()
        var generator = IDGenerator(using: &source)
        var seen: Set<SpanID> = []
        for _ in 0..<10_000 {
            let id = generator.nextSpanID()
            #expect(id.isValid)
            seen.insert(id)
            #expect(generator.nextTraceID().isValid)
        }
        #expect(seen.count == 10_000)
    }

    /// The first numbers of xoshiro256++ from the state 1, 2, 3, 4, as the reference implementation gives them
    /// (https://prng.di.unimi.it/xoshiro256plusplus.c).
    @Test func numbersAreThoseOfTheReference() {
        struct Counting: RandomNumberGenerator {
            var last: UInt64 = 0
            mutating func next() -> UInt64 {
                last += 1
                return last
            }
        }
        var source = Counting()
        var generator = IDGenerator(using: &source)
        #expect(
            (0..<4).map { _ in generator.next() } == [
                41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
            ]
        )
    }

    @Test(
        arguments: [
            (.alwaysOn, nil, true), (.alwaysOn, false, true), (.alwaysOff, nil, false), (.alwaysOff, true, false),
            (.traceIDRatio(1), nil, true), (.traceIDRatio(0), true, false),
            (.parentBased(root: .alwaysOn), nil, true), (.parentBased(root: .alwaysOn), false, false),
            (.parentBased(root: .alwaysOff), true, true), (.parentBased(root: .alwaysOff), nil, false),
        ] as [(Sampler, Bool?, Bool)]
    )
    func samplersDecide(sampler: Sampler, parent: Bool?, expected: Bool) {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<100 {
            let trace = TraceID(high: generator.next(), low: generator.next())
            #expect(SamplingRule(sampler).isSampled(trace, parent: parent) == expected)
        }
    }

    @Test func aRatioSamplesItsShareAndTheSmallerIsPartOfTheLarger() {
        var generator = SplitMix64(seed: 2)
        let small = SamplingRule(.traceIDRatio(0.1))
        let large = SamplingRule(.traceIDRatio(0.5))
        var counts = (small: 0, large: 0)
        for _ in 0..<100_000 {
            let trace = TraceID(high: generator.next(), low: generator.next())
            let isSmall = small.isSampled(trace, parent: nil)
            let isLarge = large.isSampled(trace, parent: nil)
            if isSmall { #expect(isLarge) }
            counts.small += isSmall ? 1 : 0
            counts.large += isLarge ? 1 : 0
        }
        // Five standard deviations of a binomial distribution.
        #expect(abs(counts.small - 10_000) < 475 && abs(counts.large - 50_000) < 791)
    }

    @Test func unsampledSpansPassTheirDecisionOn() throws {
        let client = try SpanClient { $0.sampler = .parentBased(root: .alwaysOff) }
        client.telemetry.withSpan("outer") { outer in
            #expect(outer.context.isValid && !outer.context.isSampled && !outer.isRecording)
            client.telemetry.withSpan("inner") { inner in
                #expect(inner.context.traceID == outer.context.traceID && !inner.context.isSampled)
            }
        }
        #expect(try client.spans().isEmpty)
        #expect(client.telemetry.status.accepted == 0)
    }
}

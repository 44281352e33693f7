import HarnessCore
import TestSupport
import Testing

@testable import OTLP

/// 100,000 seeded random and mutated inputs: each is decoded or rejected, and nothing beyond its bytes is read.
///
/// Every input ends where a page ends that nothing may read (see ``GuardedBuffer``): one byte too far kills the process.
struct DecoderFuzzTests {
    static let inputs = 100_000
    static let shards = 4

    @Test(arguments: 0..<shards)
    func everyInputIsDecodedOrRejected(shard: Int) throws {
        var generator = SplitMix64(seed: 0x0711_2025 + UInt64(shard))
        let seeds = try ["unknown", "values", "batch"].map { Array(try Fixture.bytes("\($0).bin").prefix(400)) }
        let small = ProtobufBytes { request in
            request.field(1) { resourceLogs in
                resourceLogs.field(1) { $0.field(1) { $0.field(1, string: "bench.run_id") } }
                resourceLogs.field(2) { scopeLogs in
                    scopeLogs.field(2) { record in
                        record.field(1, fixed64: 1)
                        record.field(6) {
                            $0.field(1, string: "bench.id")
                            $0.field(2) { $0.field(3, varint: 1 << 45) }
                        }
                        record.field(5) { $0.field(5) { $0.field(1) { $0.field(6) { $0.field(1) { _ in } } } } }
                    }
                }
            }
        }
        let buffer = try GuardedBuffer(capacity: 4096)
        var outcomes = Outcomes()
        for index in 0..<Self.inputs / Self.shards {
            let input: [UInt8]
            switch index % 8 {
            case 0: input = Self.randomBytes(&generator)
            case 1: input = Self.mutate(seeds[index / 8 % seeds.count], &generator)
            default: input = Self.mutate(small.bytes, &generator)
            }
            try buffer.withCopy(of: input) { outcomes.decode($0) }
        }
        // Both outcomes occur often: the inputs are neither all rubbish nor all intact.
        #expect(outcomes.accepted > 1000)
        #expect(outcomes.rejected > 1000)
        #expect(outcomes.offsetsBeyondTheEnd == 0)
        #expect(outcomes.kinds.count >= OTLPDecodingError.Kind.allCases.count - 2)
    }

    /// What became of the inputs.
    struct Outcomes {
        var accepted = 0
        var rejected = 0
        var offsetsBeyondTheEnd = 0
        var kinds: Set<UInt8> = []

        /// Decodes as the receiver does, then as the tests do.
        mutating func decode(_ input: UnsafeRawBufferPointer) {
            do throws(OTLPDecodingError) {
                var visitor = CollectingVisitor()
                try OTLPDecoder.decode(input, into: &visitor)
                accepted += 1
                if accepted % 4 == 0 { _ = try DecodedLogs(decoding: input) }
            } catch {
                rejected += 1
                kinds.insert(error.kind.rawValue)
                if error.offset < 0 || error.offset > input.count { offsetsBeyondTheEnd += 1 }
            }
        }
    }

    @Test("Traces, metrics and JSON: 12,000 mutated requests each", arguments: ["traces", "metrics", "json"])
    func everyInputOfOtherSignalsIsDecodedOrRejected(form: String) throws {
        var generator = SplitMix64(seed: 0x0711_2026 + UInt64(form.utf8.count))
        let seeds: [[UInt8]] =
            switch form {
            case "traces": [try Fixture.bytes("traces.bin")]
            case "metrics": [try Fixture.bytes("metrics.bin")]
            default:
                try ["logs", "traces", "metrics"].map {
                    Array(try Fixture.bytes("\($0).escaped.otlp.json").prefix(1800))
                }
            }
        let small = [
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\",\"traceId\":\"0aFF\"}]}]}]}",
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":[{\"asDouble\":1.5e3}]}}]}]}]}",
            "{\"resourceSpans\":[{\"u\":[true,{\"a\":\"\\ud83d\\ude80\"}],\"scopeSpans\":[{\"spans\":[{\"kind\":1}]}]}]}",
        ].map { Array($0.utf8) }
        let buffer = try GuardedBuffer(capacity: 4096)
        var accepted = 0
        var rejected = 0
        var transcoder = OTLPJSONTranscoder()
        for index in 0..<12_000 {
            let isSmall = form == "json" && index % 8 != 0
            let base = isSmall ? small[index % small.count] : seeds[index % seeds.count]
            let input = Self.mutate(base, &generator)
            try buffer.withCopy(of: input) { bytes in
                let isValid =
                    switch form {
                    case "traces": (try? DecodedTraces(decoding: bytes)) != nil
                    case "metrics": (try? DecodedMetrics(decoding: bytes)) != nil
                    default:
                        OTLPSignal.allCases.allSatisfy { signal in
                            // What the transcoder writes is never malformed.
                            let isDecoded = try? transcoder.transcode(bytes, of: signal) { protobuf in
                                var visitor = CollectingVisitor()
                                return (try? OTLPDecoder.decode(protobuf, into: &visitor)) != nil
                            }
                            return isDecoded.map { #expect($0) } != nil
                        }
                    }
                if isValid { accepted += 1 } else { rejected += 1 }
            }
        }
        #expect(accepted > 100)
        #expect(rejected > 100)
    }

    /// Up to 64 bytes, of which many are tags that occur.
    static func randomBytes(_ generator: inout SplitMix64) -> [UInt8] {
        (0..<Int.random(in: 0...64, using: &generator)).map { _ in
            Bool.random(using: &generator)
                ? [0x0A, 0x12, 0x09, 0x32, 0x18, 0x13, 0x14, 0x02, 0x00].randomElement(using: &generator) ?? 0
                : UInt8.random(in: .min ... .max, using: &generator)
        }
    }

    /// A copy with one to four changes: bits, bytes, cuts, insertions, a part repeated, or a cut end.
    static func mutate(_ input: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let position = Int.random(in: bytes.indices, using: &generator)
            let length = Int.random(in: 1...8, using: &generator)
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[position] = [0x00, 0x01, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
            case 2: bytes[position] = UInt8.random(in: .min ... .max, using: &generator)
            case 3: bytes.removeSubrange(position..<min(position + length, bytes.count))
            case 4: bytes.insert(contentsOf: (0..<length).map { _ in 0xFF }, at: position)
            case 5: bytes.insert(contentsOf: bytes[position..<min(position + length, bytes.count)], at: position)
            default: bytes.removeSubrange(position...)
            }
        }
        return bytes
    }
}

import FoundationEssentials
import Testing

@testable import LoadEngine

struct WorkloadTests {
    static func mix(_ workload: String) throws(ProfileError) -> WorkloadMix {
        try profile(workload).workload
    }

    static func profile(_ workload: String) throws(ProfileError) -> Profile {
        let text = #"{"name": "p", "phases": [{"name": "m", "shape": "max", "count": 10}], "workload": \#(workload)}"#
        return try ProfileDocument(parsing: text, source: "p").profile()
    }

    @Test func everyKindOfOperationCanBeAsked() throws {
        for operation in Workload.Operation.allCases {
            let mix = try Self.mix(#"{"operation": "\#(operation.rawValue)"}"#)
            #expect(mix.single == Workload(operation: operation))
            #expect(mix.operation == operation.rawValue)
        }
        #expect(
            try Self.mix(#"{"operation": "span", "attributes": 11, "depth": 3, "span_events": 2}"#).single
                == Workload(operation: .span, attributes: 11, depth: 3, spanEvents: 2)
        )
        #expect(try Self.mix(#"{"value_length": {"min": 5, "max": 200}}"#).single?.valueLength.maximum == 200)
        #expect(try Self.mix(#"{"operation": "counter", "attributes": 0}"#).single?.attributes == 0)
    }

    @Test func checksumsAreEncodedOnlyWhereTheyDiffer() throws {
        let usual = try JSONEncoder().encode(Workload())
        #expect(!String(decoding: usual, as: UTF8.self).contains("checksum"))
        #expect(try JSONDecoder().decode(Workload.self, from: usual).checksumEvery == 64)
        for every in [0, 1, 7] {
            let workload = try #require(try Self.mix(#"{"checksum_every": \#(every)}"#).single)
            #expect(workload.checksumEvery == every)
            #expect(try JSONDecoder().decode(Workload.self, from: JSONEncoder().encode(workload)) == workload)
        }
        let mix = try Self.mix(
            #"{"operation": "mixed", "checksum_every": 3, "operations": [{"operation": "log"}, {"operation": "counter"}]}"#
        )
        #expect(mix.components.map(\.workload.checksumEvery) == [3, 3])
        #expect(throws: ProfileError.self) { try Self.mix(#"{"operation": "counter", "checksum_every": 3}"#) }
        #expect(throws: ProfileError.self) { try Self.mix(#"{"checksum_every": -1}"#) }
    }

    @Test("One item in so many carries a checksum on average, and the first always does")
    func checksumsAreAtRandom() {
        for every in [2, 64] {
            let context = ProducerContext(
                producer: 1,
                producerCount: 2,
                workload: Workload(checksumEvery: every),
                seed: 5
            )
            #expect(context.hasChecksum(0))
            for step in [1, 2, 10, 64] as [UInt64] {
                let count = (0..<64_000).count { context.hasChecksum($0 * step) }
                // Six standard deviations of a binomial distribution.
                let expected = 64_000 / Double(every)
                #expect(abs(Double(count) - expected) < 6 * expected.squareRoot(), "each \(step)-th")
            }
        }
        let none = ProducerContext(producer: 0, producerCount: 1, workload: Workload(operation: .counter))
        #expect(!none.hasChecksum(0))
        #expect(
            ProducerContext(producer: 0, producerCount: 1, workload: Workload()).checkedIdentifier(of: 5) == 1 << 62 | 5
        )
    }

    @Test func aMixSharesItsDefaults() throws {
        let mix = try Self.mix(
            """
            {"operation": "mixed", "attributes": 5, "value_length": {"min": 1, "max": 9}, "operations": [
              {"operation": "event", "weight": 6},
              {"operation": "span", "weight": 3, "depth": 4, "attributes": 11, "value_length": 20},
              {"operation": "counter", "attributes": 0}
            ]}
            """
        )
        #expect(mix.operation == "mixed" && mix.single == nil)
        #expect(mix.components.map(\.weight) == [6, 3, 1])
        #expect(mix.components.map(\.workload.attributes) == [5, 11, 0])
        #expect(mix.components.map(\.workload.valueLength.maximum) == [9, 20, 9])
        #expect(mix.signals == [.logs, .spans, .metrics])
        // (6 · 1 + 3 · 4 + 1 · 1) / 10
        #expect(mix.meanItemsPerOperation == 1.9)
    }

    @Test(arguments: [
        (#"{"operation": "evnt"}"#, "workload.operation"),
        (#"{"operation": "event", "depth": 2}"#, #"workload.depth: 2 does not apply to the operation "event""#),
        (#"{"operation": "counter", "span_events": 2}"#, "workload.span_events: 2 does not apply"),
        (#"{"operation": "event", "attributes": 0}"#, "workload.attributes: 0 is out of range; allowed: 1 to 4096"),
        (#"{"operation": "span", "depth": 0}"#, "workload.depth: 0 is out of range"),
        (#"{"value_length": {"min": 5, "max": 4}}"#, #"workload.value_length.max: 4 is below "min" (5); swap them"#),
        (#"{"value_length": {"min": 5}}"#, "workload.value_length"),
        (#"{"attributes": 4000, "value_length": 60000}"#, "workload.value_length: 60000 makes items of more than"),
        (#"{"operations": []}"#, #"workload.operations: [] belongs to a mix"#),
        (#"{"operation": "mixed"}"#, "operations"),
        (#"{"operation": "mixed", "operations": []}"#, "workload.operations: [] has 0 operations"),
        (#"{"operation": "mixed", "operations": [{"operation": "mixed"}]}"#, "is a mix within a mix"),
        (#"{"operation": "mixed", "operations": [{"operation": "event", "weight": 0}]}"#, "weight: 0 is out of range"),
        (
            #"{"operation": "mixed", "operations": [{"operation": "gauge"}, {"operation": "gauge"}]}"#,
            "is the second gauge"
        ),
        (#"{"operation": "mixed", "operations": [{"operation": "event", "wieght": 1}]}"#, "weight"),
    ])
    func whatMakesNoSenseIsRefused(workload: String, message: String) {
        let error = #expect(throws: ProfileError.self) { try Self.mix(workload) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    // MARK: - Plans

    /// Every part of a workload is in the plan's JSON, comes back from it, and changes its hash.
    @Test func workloadsAreInTheHash() throws {
        let workloads = [
            #"{}"#, #"{"operation": "span"}"#, #"{"operation": "span", "depth": 2}"#,
            #"{"operation": "span", "span_events": 2}"#, #"{"value_length": {"min": 1, "max": 20}}"#,
            #"{"operation": "mixed", "operations": [{"operation": "event"}, {"operation": "log"}]}"#,
            #"{"operation": "mixed", "operations": [{"operation": "event", "weight": 2}, {"operation": "log"}]}"#,
            #"{"operation": "mixed", "operations": [{"operation": "event", "attributes": 2}, {"operation": "log"}]}"#,
        ]
        var hashes: Set<String> = []
        for workload in workloads {
            let plan = try Self.profile(workload).makePlan()
            let data = try JSONEncoder().encode(plan)
            #expect(try JSONDecoder().decode(Plan.self, from: data) == plan)
            hashes.insert(plan.hash)
        }
        #expect(hashes.count == workloads.count)
    }

    /// A length and a kind as they were written before there were others.
    @Test func aSimpleWorkloadIsWrittenAsEver() throws {
        let json = try JSONEncoder.sorted.encode(WorkloadMix(Workload()))
        #expect(String(decoding: json, as: UTF8.self) == #"{"attributes":1,"operation":"event","value_length":20}"#)
    }

    @Test(arguments: [
        #"{"operation":"mixed","operations":[]}"#,
        #"{"operation":"mixed","operations":[{"weight":0,"operation":"event","attributes":1,"value_length":1}]}"#,
        #"{"operation":"span","attributes":1,"value_length":1,"depth":0}"#,
        #"{"operation":"span","attributes":1,"value_length":{"min":3,"max":1}}"#,
    ])
    func aWorkloadThatCannotBeIsNotRead(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(WorkloadMix.self, from: Data(json.utf8)) }
    }

    @Test func everyItemNeedsAnID() throws {
        let text = """
            {"name": "p", "phases": [{"name": "m", "shape": "max", "count": 8589934592}],
             "workload": {"operation": "span", "depth": 128}}
            """
        let error = #expect(throws: ProfileError.self) {
            try ProfileDocument(parsing: text, source: "p").profile().makePlan()
        }
        #expect(error?.message.contains("2^40") == true)
    }

    // MARK: - Choice

    static let mixed = WorkloadMix(components: [
        .init(weight: 70, workload: Workload()), .init(weight: 20, workload: Workload(operation: .span)),
        .init(weight: 10, workload: Workload(operation: .counter)),
    ])

    /// With n = 100,000 the standard deviation of a share p is √(p (1 − p) / n) ≤ 0.0016; four of them are allowed.
    @Test func sharesAreTheWeights() {
        let choice = WorkloadMix.Choice(Self.mixed, seed: 7, producer: 2)
        var counts = [0, 0, 0]
        for operation in 0..<100_000 { counts[choice.index(of: UInt64(operation))] += 1 }
        for (count, share) in zip(counts, [0.7, 0.2, 0.1]) {
            #expect(abs(Double(count) / 100_000 - share) < 0.0064)
        }
    }

    @Test func theChoiceIsAFunctionOfSeedProducerAndNumber() {
        func first(_ seed: UInt64, _ producer: Int) -> [Int] {
            let choice = WorkloadMix.Choice(Self.mixed, seed: seed, producer: producer)
            return (0..<200).map { choice.index(of: $0) }
        }
        #expect(first(1, 0) == first(1, 0))
        #expect(first(1, 0) != first(1, 1))
        #expect(first(1, 0) != first(2, 0))
    }

    // MARK: - Payload

    @Test func keysAndFixedValuesHaveTheirLengths() {
        let payload = Payload(Workload(attributes: 11, valueLength: .init(20)), seed: 1)
        #expect(payload.keys.count == 10 && Set(payload.keys).count == 10)
        #expect(payload.keys.allSatisfy { $0.utf8.count == 20 })
        #expect(payload.variantCount == 1 && payload.variant(of: 12_345) == 0)
        #expect(payload.values(0).count == 11)
        #expect(payload.values(0).allSatisfy { $0.utf8.count == 20 })
        #expect(payload.message(0) == payload.values(0)[10])
        #expect(Set(payload.values(0)).count == 11)
    }

    @Test func drawnLengthsStayWithinTheirBounds() {
        let workload = Workload(attributes: 4, valueLength: .init(minimum: 5, maximum: 40))
        let payload = Payload(workload, seed: 1)
        #expect(payload.variantCount == 64)
        let lengths = Set((0..<64).flatMap { payload.values($0).map(\.utf8.count) })
        #expect(lengths.min() == 5 && lengths.max() == 40)
        #expect(Set((0..<1000).map { payload.variant(of: $0) }).count == 64)
        let again = Payload(workload, seed: 1)
        #expect((0..<64).allSatisfy { again.values($0) == payload.values($0) })
        #expect((0..<1000).allSatisfy { again.variant(of: $0) == payload.variant(of: $0) })
        #expect(Payload(workload, seed: 2).values(0) != payload.values(0))
    }

    @Test func largeValuesHaveFewerVariants() {
        let payload = Payload(Workload(attributes: 1000, valueLength: .init(minimum: 1, maximum: 4000)), seed: 1)
        #expect(payload.variantCount == 2)
    }

    @Test func attributesOfNoneAreNone() {
        let payload = Payload(Workload(operation: .counter, attributes: 0), seed: 1)
        #expect(payload.keys.isEmpty && payload.values(0).count == 1)
    }
}

extension JSONEncoder {
    fileprivate static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }
}

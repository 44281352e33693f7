import CollectorSink
import LoadEngine
import Testing

@testable import WorkerSystems

/// What our SDK's privacy keeps of planted secrets, in everything that it sends.
struct CanaryTests {
    static let needle = Canary(seed: 1).needle

    static let workloads: [Workload] =
        Workload.Operation.allCases.map { operation in
            Workload(operation: operation, attributes: 2, canaryEvery: 1)
        } + [Workload(canaryEvery: 2), Workload(operation: .span, depth: 2, spanEvents: 1, canaryEvery: 3)]

    private static func leaks(_ workload: Workload, _ options: [String: OptionValue]) throws -> LedgerReport {
        try ChecksumTests.report([workload], options: options, canary: needle)
    }

    @Test("Nothing that the SDK says it stops gets through", arguments: workloads)
    func secretsAreStopped(workload: Workload) throws {
        for format in ["http/protobuf", "http/json"] {
            let report = try Self.leaks(workload, ["protocol": .string(format), "queue_limit": .integer(9000)])
            #expect(report.findings.canariesLeaked == 0)
            #expect(report.findings.corrupted == 0)
            #expect(report.examples.isEmpty, "\(report.examples)")
        }
    }

    @Test("With privacy off every kind of item leaks, compressed or not", arguments: workloads)
    func secretsAreFound(workload: Workload) throws {
        let options: [String: OptionValue] = [
            "privacy": .string("off"), "compression": .string("gzip"), "queue_limit": .integer(9000),
        ]
        let report = try Self.leaks(workload, options)
        #expect((report.findings.canariesLeaked ?? 0) >= 1)
        #expect(report.examples.first?.kind == .canary)
        #expect(report.examples.first?.text.contains(Self.needle) == true)
    }

    @Test func everySecretIsOneThatIsFoundByItself() {
        let canary = Canary(seed: 7)
        #expect(canary.needle.count == 16 && canary.needle != Self.needle)
        for text in canary.attributes.map(\.value) + canary.texts { #expect(text.contains(canary.needle)) }
    }
}

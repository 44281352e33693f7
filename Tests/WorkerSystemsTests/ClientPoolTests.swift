import CollectorSink
import LoadEngine
import Testing

@testable import WorkerSystems

/// Several clients in one process.
struct ClientPoolTests {
    private static let workloads = [
        Workload(), Workload(operation: .log, attributes: 3), Workload(operation: .span), Workload(),
    ]

    @Test(arguments: ["http/protobuf", "http/json"])
    func everyItemStaysWithItsClient(format: String) throws {
        let options: [String: OptionValue] = ["clients": .integer(3), "protocol": .string(format)]
        let report = try ChecksumTests.report(Self.workloads, options: options, tenants: 3)
        #expect(report.distinct == 800)
        #expect(report.findings.wrongTenant == 0)
        // Producers 0 and 3 are of client 0.
        #expect(report.tenants?.map(\.distinct) == [400, 200, 200])
    }

    @Test("Items of two clients are noticed where three are meant, and those of one that names none")
    func strangersAreNoticed() throws {
        let report = try ChecksumTests.report(Self.workloads, options: ["clients": .integer(2)], tenants: 3)
        // Producers 2 and 3 send by clients 0 and 1, and belong to tenants 2 and 0.
        #expect(report.findings.wrongTenant == 400)
        #expect(report.tenants?.map(\.wrong) == [200, 200, 0])
        let example = try #require(report.examples.first)
        #expect(example.kind == .wrongTenant)
        #expect(example.text.contains("belongs to tenant"))
        let single = try ChecksumTests.report([Workload()], tenants: 2)
        #expect(single.findings.wrongTenant == 200)
    }

    @Test func accountsAddUp() throws {
        let factory = TelemetrySDKSystem.factory(secureTransport: nil)
        let make = { (clients: Int64) throws(SystemConfigurationError) in
            try factory.make(
                SystemConfiguration(
                    runID: "r",
                    endpoint: "http://127.0.0.1:9",
                    options: ["clients": .integer(clients), "export": .string("manual")]
                )
            )
        }
        let system = try make(2)
        for producer in 0..<3 {
            let context = ProducerContext(producer: producer, producerCount: 3, workload: Workload())
            #expect(try system.makeProducer(context).perform(0) == 1)
        }
        let counters = system.counters()
        #expect([counters.accepted, counters.queued] == [3, 3])
        #expect(counters.queuedBytes ?? 0 > 0)
        #expect(throws: SystemConfigurationError.self) { try make(0) }
        #expect(throws: SystemConfigurationError.self) { try make(65) }
    }
}

import HTTP
import Testing

@testable import Telemetry

struct TelemetryConfigurationTests {
    @Test func defaultsAreValid() throws {
        let resolved = try TelemetryConfiguration(projectName: "shop").resolved(with: .fixed())
        #expect("\(resolved.logs.destination)" == "http://localhost:4318/v1/logs")
    }

    @Test(arguments: [
        Mistake("projectName") { $0.projectName = "" },
        Mistake("projectName") { $0.projectName = "  " },
        Mistake("endpoint") { $0.endpoint = "" },
        Mistake("endpoint") { $0.endpoint = "localhost:4318" },
        Mistake("endpoint") { $0.endpoint = "http://" },
        Mistake("endpoint") { $0.endpoint = "http://host:99999" },
        Mistake("endpoint") { $0.endpoint = "ftp://host" },
        Mistake("batchSize") { $0.batchSize = 0 },
        Mistake("batchSize") { $0.batchSize = -1 },
        Mistake("batchSize") { $0.batchSize = 3000 },
        Mistake("queueLimit") { $0.queueLimit = 0 },
        Mistake("queueByteLimit") { $0.queueByteLimit = 0 },
        Mistake("flushInterval") { $0.flushInterval = .zero },
        Mistake("flushInterval") { $0.flushInterval = .seconds(-1) },
        Mistake("requestTimeout") { $0.requestTimeout = .zero },
        Mistake("retry.initialBackoff") { $0.retry.initialBackoff = .zero },
        Mistake("retry.maximumBackoff") { $0.retry.maximumBackoff = .milliseconds(1) },
        Mistake("overflow") {
            $0.overflow = .wait
            $0.exportMode = .manual
        },
        Mistake("retry.maximumElapsed") { $0.retry.maximumElapsed = .seconds(-1) },
    ])
    func badSettingsNameTheirField(mistake: Mistake) {
        var configuration = TelemetryConfiguration(projectName: "shop")
        mistake.make(&configuration)
        let error = #expect(throws: TelemetryConfigurationError.self) { try Telemetry(configuration: configuration) }
        #expect(error?.field == mistake.field)
        #expect(error?.description.hasPrefix("\(mistake.field): ") == true)
    }

    @Test func theMessageNamesValueReasonAndRemedy() {
        var configuration = TelemetryConfiguration(projectName: "shop")
        configuration.batchSize = 3000
        let error = #expect(throws: TelemetryConfigurationError.self) { try configuration.resolved(with: .fixed()) }
        #expect(
            error?.description
                == "batchSize: '3000' is larger than queueLimit, 2048: no batch could ever fill; lower it or raise queueLimit"
        )
    }
}

/// A setting that must be refused, and the field that the error must name.
struct Mistake: Sendable {
    let field: String
    let make: @Sendable (inout TelemetryConfiguration) -> Void

    init(_ field: String, _ make: @escaping @Sendable (inout TelemetryConfiguration) -> Void) {
        self.field = field
        self.make = make
    }
}

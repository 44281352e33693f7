import LoadEngine
import Telemetry

/// Our SDK as the load engine drives it.
final class TelemetrySDKSystem: TelemetrySystem {
    static let factory = SystemFactory(name: "telemetry") { configuration throws(SystemConfigurationError) in
        try TelemetrySDKSystem(configuration)
    }

    let description: SystemDescription
    private let telemetry: Telemetry

    init(_ configuration: SystemConfiguration) throws(SystemConfigurationError) {
        do {
            telemetry = try Telemetry(configuration: try TelemetryOptions.configuration(from: configuration))
        } catch let error as TelemetryConfigurationError {
            throw TelemetryOptions.systemError(from: error)
        } catch let error as SystemConfigurationError {
            throw error
        } catch {
            throw SystemConfigurationError(message: "\(error)")
        }
        description = SystemDescription(
            sdkName: Telemetry.sdkName,
            sdkVersion: Telemetry.sdkVersion,
            language: "swift",
            enabled: telemetry.isEnabled
        )
    }

    func makeProducer(_ context: ProducerContext) -> any TelemetryProducer {
        context.workload.attributes == 1
            ? SmallEventProducer(telemetry, context) : EventProducer(telemetry, context)
    }

    func flush(timeoutNanoseconds: UInt64) -> FlushOutcome {
        outcome(telemetry.flush(timeout: .nanoseconds(Int64(clamping: timeoutNanoseconds))))
    }

    func shutdown(timeoutNanoseconds: UInt64) -> FlushOutcome {
        outcome(telemetry.shutdown(timeout: .nanoseconds(Int64(clamping: timeoutNanoseconds))))
    }

    func counters() -> SystemCounters {
        let status = telemetry.status
        var counters = SystemCounters(accepted: status.accepted, exported: status.exported, queued: status.queued)
        for (reason, count) in status.dropped {
            if reason.isAtCall {
                counters.rejected[reason.rawValue] = count
            } else {
                counters.dropped[reason.rawValue] = count
            }
        }
        return counters
    }

    private func outcome(_ result: FlushResult) -> FlushOutcome {
        switch result {
        case .success: .success
        case .failure(let lost): .failure("\(lost) items lost: \(telemetry.status.lastFailure ?? "no reason known")")
        case .timedOut: .timedOut
        }
    }
}

import LoadEngine
import Telemetry

/// Our SDK as the load engine drives it.
final class TelemetrySDKSystem: TelemetrySystem {
    /// A way to make the SDK.
    ///
    /// - Parameter secureTransport: What speaks to an `https://` endpoint; without it the SDK refuses one.
    /// - Returns: The SDK under the name by which profiles choose it.
    static func factory(secureTransport: SecureTransportFactory?) -> SystemFactory {
        SystemFactory(
            name: "telemetry",
            explanation: "The project's own SDK. Its options are those of a profile's \"system\" object."
        ) { configuration throws(SystemConfigurationError) in
            try ClientPool.make(configuration) { configuration throws(SystemConfigurationError) in
                try TelemetrySDKSystem(configuration, secureTransport)
            }
        }
    }

    let description: SystemDescription
    private let telemetry: Telemetry

    init(
        _ configuration: SystemConfiguration,
        _ secureTransport: SecureTransportFactory?
    ) throws(SystemConfigurationError) {
        var settings = try TelemetryOptions.configuration(from: configuration)
        settings.secureTransport = secureTransport
        do {
            telemetry = try Telemetry(configuration: settings)
        } catch {
            throw TelemetryOptions.systemError(from: error)
        }
        guard telemetry.isEnabled || settings.isEnabled == false else {
            throw SystemConfigurationError(
                message: "the SDK is disabled (\(telemetry.status.enablement.reason)); a run would measure nothing"
            )
        }
        description = SystemDescription(
            sdkName: Telemetry.sdkName,
            sdkVersion: Telemetry.sdkVersion,
            language: "swift",
            enabled: telemetry.isEnabled
        )
    }

    func makeProducer(_ context: ProducerContext) -> any TelemetryProducer {
        switch context.workload.operation {
        case .event:
            context.workload.attributes == 1 && context.workload.canaryEvery == 0
                ? SmallEventProducer(telemetry, context) : EventProducer(telemetry, context)
        case .log: LogProducer(telemetry, context)
        case .error: ErrorProducer(telemetry, context)
        case .span:
            context.workload == Workload(operation: .span, checksumEvery: context.workload.checksumEvery)
                ? SmallSpanProducer(telemetry, context) : SpanProducer(telemetry, context)
        case .counter: CounterProducer(telemetry, context)
        case .gauge: GaugeProducer(telemetry, context)
        case .histogram: HistogramProducer(telemetry, context)
        }
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
        counters.queuedBytes = status.queuedBytes
        counters.peakQueued = status.peakQueued
        counters.peakQueuedBytes = status.peakQueuedBytes
        counters.requests = status.requests
        counters.retries = status.retries
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

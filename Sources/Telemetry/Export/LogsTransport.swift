import HTTP
import OTLP
import Platform

/// Posts batches of log records to an OTLP/HTTP receiver in protobuf.
///
/// Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp
final class LogsTransport: ExportTransport {
    private let client: HTTPClient
    private let envelope: LogsEnvelope
    private let path: String
    private let headers: HTTPHeaders = ["Content-Type": OTLPHTTP.protobufContentType]

    init(configuration: TelemetryConfiguration, endpoint: HTTPEndpoint) {
        envelope = LogsEnvelope(
            resource: ResourceEncoding.resource(configuration),
            scope: ResourceEncoding.scope()
        )
        path = endpoint.path(appending: OTLPHTTP.logsPath)
        var settings = HTTPClientConfiguration()
        settings.connectTimeoutNanoseconds = configuration.requestTimeout.clampedNanoseconds
        settings.requestTimeoutNanoseconds = configuration.requestTimeout.clampedNanoseconds
        // https://opentelemetry.io/docs/specs/otel/protocol/exporter/#user-agent
        settings.userAgent = "OTel-OTLP-Exporter-Swift/\(Telemetry.sdkVersion)"
        client = HTTPClient(endpoint: endpoint, configuration: settings)
    }

    func send(_ records: UnsafeRawBufferPointer) -> ExportAnswer {
        let prefix = envelope.prefix(recordBytes: records.count)
        let response: HTTPResponse
        do {
            // Through a span: the closure of `Array.withUnsafeBytes` would lose the error's type.
            response = try prefix.span.bytes.withUnsafeBytes { prefix throws(HTTPClientError) in
                try client.send(method: "POST", path: path, headers: headers, body: [prefix, records])
            }
        } catch {
            return Self.answer(to: error)
        }
        return Self.answer(to: response, wallClock: WallClock.now())
    }

    func cancel() {
        client.cancel()
    }

    /// What a failed request means: everything that may pass by itself is tried again.
    private static func answer(to error: HTTPClientError) -> ExportAnswer {
        switch error.kind {
        case .connectFailed, .connectTimedOut, .timedOut, .connectionClosed, .cancelled:
            .retryable(reason: "\(error)", retryAfter: nil)
        case .malformedResponse, .responseTooLarge:
            .rejected(reason: "\(error)")
        }
    }

    /// What a response means.
    static func answer(to response: HTTPResponse, wallClock: UInt64) -> ExportAnswer {
        switch response.status {
        case 200..<300:
            return partialSuccess(response)
        case 429, 502, 503, 504:
            let retryAfter = response.headers["Retry-After"].flatMap {
                RetryAfter.nanoseconds($0, wallClock: wallClock)
            }
            return .retryable(reason: "the backend answered \(response.status)", retryAfter: retryAfter)
        default:
            return .rejected(reason: "the backend answered \(response.status)")
        }
    }

    /// Reads how much of a request was taken from the body of a successful answer.
    ///
    /// A body that is not OTLP acknowledges nothing: something else than a receiver answered.
    private static func partialSuccess(_ response: HTTPResponse) -> ExportAnswer {
        do {
            let answer = try response.body.span.bytes.withUnsafeBytes { body throws(OTLPDecodingError) in
                try ExportLogsResponse(decoding: body)
            }
            return .accepted(rejectedItems: Int(clamping: max(0, answer.rejectedLogRecords)))
        } catch {
            return .rejected(
                reason: "the backend answered \(response.status) with something that is not OTLP: \(error)"
            )
        }
    }
}

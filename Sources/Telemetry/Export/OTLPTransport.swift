import Compression
import HTTP
import OTLP
import Platform

/// Posts batches of one signal to an OTLP/HTTP receiver, in protobuf or JSON, compressed or not.
///
/// Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp
final class OTLPTransport: ExportTransport, @unchecked Sendable {
    // Sendable: `compressor` and `countedResends` are touched only by what the exporter's thread alone calls; the rest
    // never changes.

    private enum Channel {
        case plain(HTTPClient, path: String, compressed: HTTPHeaders, uncompressed: HTTPHeaders)
        case secure(any SecureTransport)
    }

    private let envelope: SignalEnvelope
    private let channel: Channel
    private let headers: [(name: String, value: String)]
    private let compressor: BodyCompressor?
    private let compressionThreshold: Int
    /// What records are if they come in protobuf and leave in JSON; nil if they leave as they come.
    private let translatedMessage: OTLPMessage?
    /// The client's count of requests that it sent a second time, when it was asked last.
    private var countedResends: UInt64 = 0

    // https://opentelemetry.io/docs/specs/otel/protocol/exporter/#user-agent
    private static let userAgent = "OTel-OTLP-Exporter-Swift/\(Telemetry.sdkVersion)"

    /// Makes the transport of one signal; it connects with its first request.
    ///
    /// - Parameters:
    ///   - signal: What is sent.
    ///   - settings: Where and how.
    ///   - compressionThreshold: Bodies larger than this are compressed, if at all; in bytes.
    ///   - resource: The `Resource` message in protobuf, without tag and length.
    /// - Throws: `TelemetryConfigurationError` if the program's own transport cannot be made.
    init(
        signal: Signal,
        settings: ResolvedConfiguration.Export,
        compressionThreshold: Int,
        resource: [UInt8]
    ) throws(TelemetryConfigurationError) {
        let scope = ResourceEncoding.scope()
        let contentType: String
        switch settings.protocolFormat {
        case .protobuf:
            envelope = SignalEnvelope(resource: resource, scope: scope)
            contentType = OTLPHTTP.protobufContentType
        case .json:
            envelope = SignalEnvelope(jsonFor: signal.wire, resource: resource, scope: scope)
            contentType = OTLPHTTP.jsonContentType
        }
        // Metrics are encoded by the exporter's thread, not by the caller: they may as well become JSON here.
        translatedMessage = signal == .metrics && settings.protocolFormat == .json ? .metric : nil
        compressor = settings.compression == .gzip ? BodyCompressor() : nil
        self.compressionThreshold = compressionThreshold
        let own = [(name: "Content-Type", value: contentType)]
        headers = own + Self.usable(settings.headers)
        switch settings.destination {
        case .https(let url, let factory):
            do {
                channel = .secure(try factory.make(url, settings.requestTimeout))
            } catch {
                throw TelemetryConfigurationError(field: "endpoint", value: url, reason: "cannot be sent to: \(error)")
            }
        case .http(let endpoint):
            var client = HTTPClientConfiguration()
            client.connectTimeoutNanoseconds = settings.requestTimeout.clampedNanoseconds
            client.requestTimeoutNanoseconds = settings.requestTimeout.clampedNanoseconds
            client.userAgent = Self.userAgent
            var fields = HTTPHeaders()
            for (name, value) in headers { fields.append(name, value) }
            var compressed = fields
            compressed.append("Content-Encoding", "gzip")
            channel = .plain(
                HTTPClient(endpoint: endpoint, configuration: client),
                path: endpoint.path,
                compressed: compressed,
                uncompressed: fields
            )
        }
    }

    /// The program's headers without those that the SDK and its client set.
    private static func usable(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        let taken: Set = [
            "content-type", "content-encoding", "content-length", "transfer-encoding", "connection", "expect", "host",
            "user-agent",
        ]
        return headers.filter { !taken.contains($0.name.lowercased()) }
    }

    // MARK: - Sending

    func send(_ records: UnsafeRawBufferPointer) -> ExportAnswer {
        guard let translatedMessage else { return sendEncoded(records) }
        var json = JSONBuffer(capacity: records.count * 2)
        json.append(list: translatedMessage, protobuf: records)
        return json.withBytes { sendEncoded($0) }
    }

    private func sendEncoded(_ records: UnsafeRawBufferPointer) -> ExportAnswer {
        let records = UnsafeRawBufferPointer(rebasing: records.dropLast(envelope.trimmedItemBytes))
        let prefix = envelope.prefix(recordBytes: records.count)
        return prefix.withUnsafeBytes { prefix in
            envelope.suffix.withUnsafeBytes { suffix in
                let body = suffix.isEmpty ? [prefix, records] : [prefix, records, suffix]
                guard let compressor, body.reduce(0, { $0 + $1.count }) > compressionThreshold else {
                    return post(body, isCompressed: false)
                }
                return compressor.compress(body) { post([$0], isCompressed: true) }
                    ?? post(body, isCompressed: false)
            }
        }
    }

    private func post(_ body: [UnsafeRawBufferPointer], isCompressed: Bool) -> ExportAnswer {
        switch channel {
        case .plain(let client, let path, let compressed, let uncompressed):
            let response: HTTPResponse
            do {
                response = try client.send(
                    method: "POST",
                    path: path,
                    headers: isCompressed ? compressed : uncompressed,
                    body: body
                )
            } catch {
                return Self.answer(to: error)
            }
            return Self.answer(to: response, wallClock: WallClock.now())
        case .secure(let transport):
            var headers = headers + [(name: "User-Agent", value: Self.userAgent)]
            if isCompressed { headers.append((name: "Content-Encoding", value: "gzip")) }
            do {
                let answer = try transport.post(body: body, headers: headers)
                return Self.answer(
                    status: answer.status,
                    retryAfter: answer.retryAfter,
                    contentType: answer.contentType,
                    body: answer.body,
                    wallClock: WallClock.now()
                )
            } catch {
                return error.isRetryable
                    ? .retryable(reason: "\(error)", retryAfter: nil) : .rejected(reason: "\(error)")
            }
        }
    }

    func takeResentRequests() -> UInt64 {
        guard case .plain(let client, _, _, _) = channel else { return 0 }
        defer { countedResends = client.resentRequests }
        return client.resentRequests - countedResends
    }

    func cancel() {
        switch channel {
        case .plain(let client, _, _, _): client.cancel()
        case .secure(let transport): transport.cancel()
        }
    }

    // MARK: - Answers

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
        answer(
            status: response.status,
            retryAfter: response.headers["Retry-After"],
            contentType: response.headers["Content-Type"],
            body: response.body,
            wallClock: wallClock
        )
    }

    private static func answer(
        status: Int,
        retryAfter: String?,
        contentType: String?,
        body: [UInt8],
        wallClock: UInt64
    ) -> ExportAnswer {
        switch status {
        case 200..<300:
            return partialSuccess(status: status, contentType: contentType, body: body)
        case 429, 502, 503, 504:
            let pause = retryAfter.flatMap { RetryAfter.nanoseconds($0, wallClock: wallClock) }
            return .retryable(reason: "the backend answered \(status)", retryAfter: pause)
        case 413:
            return .tooLarge(reason: "the backend answered 413")
        default:
            return .rejected(reason: "the backend answered \(status)")
        }
    }

    /// Reads how much of a request was taken from the body of a successful answer.
    ///
    /// The answers of all signals have one shape: partial_success = 1 { rejected_… = 1, error_message = 2 }. A body that
    /// is not OTLP acknowledges nothing: something else than a receiver answered.
    private static func partialSuccess(status: Int, contentType: String?, body: [UInt8]) -> ExportAnswer {
        do {
            let isJSON = contentType?.lowercased().hasPrefix(OTLPHTTP.jsonContentType) ?? false
            let answer = try body.withUnsafeBytes {
                isJSON && !$0.isEmpty ? try ExportLogsResponse(decodingJSON: $0) : try ExportLogsResponse(decoding: $0)
            }
            return .accepted(rejectedItems: Int(clamping: max(0, answer.rejectedLogRecords)))
        } catch {
            return .rejected(reason: "the backend answered \(status) with something that is not OTLP: \(error)")
        }
    }
}

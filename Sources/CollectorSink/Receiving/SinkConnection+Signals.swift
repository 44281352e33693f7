import Compression
import HTTP
import HarnessCore
import OTLP

extension SinkConnection {
    /// Most bytes of memory kept for decompressed bodies.
    private static let retainedInflatedBytes = 4 << 20

    /// Enters a body of a signal, and answers as OTLP wants it.
    internal func receive(_ signal: OTLPSignal, _ head: HTTPRequestHead, _ body: UnsafeRawBufferPointer) -> HTTPResponse
    {
        guard let format = OTLPAnswerFormat(of: head) else {
            let type = head.headers["Content-Type"] ?? "none"
            intake.note(.contentType, of: signal, "the content type is \(type)")
            let known = "\(OTLPHTTP.protobufContentType) or \(OTLPHTTP.jsonContentType)"
            return OTLPAnswerFormat.protobuf.failure(415, "content type \(type) is not supported; send \(known)")
        }
        switch head.headers["Content-Encoding"]?.lowercased() ?? "identity" {
        case "identity": return enter(signal, format, body, sentBytes: body.count)
        case "gzip": return inflate(signal, format, body)
        case let encoding:
            intake.note(.contentEncoding, of: signal, "the content encoding is \(encoding)")
            let advice = "content encoding \(encoding) is not supported; send gzip, or the body without compression"
            return format.failure(415, advice)
        }
    }

    /// Enters a body that is compressed with gzip.
    private func inflate(
        _ signal: OTLPSignal,
        _ format: OTLPAnswerFormat,
        _ body: UnsafeRawBufferPointer
    ) -> HTTPResponse {
        defer { if inflated.count > Self.retainedInflatedBytes { inflated = [] } }
        let count: Int
        do throws(CompressionError) {
            if inflater == nil { inflater = try Inflater(format: .gzip) }
            let found = try inflater?.decompress(body, into: &inflated, limit: maximumInflatedBytes)
            guard let found else { preconditionFailure("the decompressor has just been made") }
            count = found
        } catch .outputTooLarge(let limit) {
            intake.note(.inflatedTooLarge, of: signal, "\(body.count) bytes inflate to more than \(limit)")
            return format.failure(413, "the body is larger than \(limit) bytes when decompressed")
        } catch {
            intake.countMalformedRequest(of: signal)
            intake.note(.gzipMalformed, of: signal, "\(error)")
            return format.failure(400, "malformed gzip: \(error)")
        }
        return inflated.withUnsafeBytes { bytes in
            enter(signal, format, UnsafeRawBufferPointer(rebasing: bytes[..<count]), sentBytes: body.count)
        }
    }

    private func enter(
        _ signal: OTLPSignal,
        _ format: OTLPAnswerFormat,
        _ body: UnsafeRawBufferPointer,
        sentBytes: Int
    ) -> HTTPResponse {
        inflatedBytes = body.count
        ledger.canaries.inspect(body, from: signal.path)
        guard format == .json else { return enter(signal, answer: format, protobuf: body, sentBytes: sentBytes) }
        do throws(OTLPJSONError) {
            defer { noteUnknownMembers(signal) }
            return try transcoder.transcode(body, of: signal) { protobuf in
                enter(signal, answer: format, protobuf: protobuf, sentBytes: sentBytes)
            }
        } catch {
            intake.countMalformedRequest(of: signal)
            intake.note(error.violation, of: signal, error.description)
            return format.failure(400, error.description)
        }
    }

    private func noteUnknownMembers(_ signal: OTLPSignal) {
        let unknown = transcoder.unknownMembers
        guard let first = unknown.first else { return }
        intake.note(.unknownField, of: signal, count: unknown.count, "OTLP has no member \(first)")
    }

    private func enter(
        _ signal: OTLPSignal,
        answer format: OTLPAnswerFormat,
        protobuf: UnsafeRawBufferPointer,
        sentBytes: Int
    ) -> HTTPResponse {
        var rejected = 0
        if case .partial(let items)? = strike?.outcome { rejected = Int(clamping: items) }
        do throws(OTLPDecodingError) {
            try intake.receive(protobuf, of: signal, sentBytes: sentBytes, rejecting: rejected, isAtRisk: strike != nil)
            if let print { print(Self.lines(of: protobuf, signal)) }
        } catch {
            return format.failure(400, error.description)
        }
        takenItems = intake.lastItems
        return intake.lastRejected > 0 ? format.partialSuccess(signal, rejected: intake.lastRejected) : format.success
    }

    /// The lines of a request that the ledger has taken; what the ledger need not read may still be no text.
    private static func lines(of body: UnsafeRawBufferPointer, _ signal: OTLPSignal) -> String {
        do throws(OTLPDecodingError) {
            return try RecordPrinter.text(of: body, signal)
        } catch {
            return "a request cannot be shown: \(error)\n"
        }
    }
}

extension OTLPJSONError {
    /// What a judge calls it.
    fileprivate var violation: WireViolationKind {
        switch kind {
        case .enumName: .enumName
        case .wrongType, .numberOutOfRange, .invalidHexadecimal, .invalidBase64: .fieldType
        case .invalidUTF8: .invalidUTF8
        case .duplicateField: .duplicateKey
        case .truncated, .invalidSyntax, .controlCharacter, .invalidEscape, .nestingTooDeep: .malformedBody
        }
    }
}

import Compression
import LoadEngine
import OTLP

/// A system whose spans end before they begin.
struct ReverseTimestampsDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "reverse_timestamps",
        place: .export,
        explanation: "Swaps start and end of every span on its way to the receiver."
    )

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        try values.none()
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let forwarder = try RequestForwarder(to: site.configuration.endpoint) { path, body in
            if path.hasSuffix("/v1/traces") { Self.reverse(&body) }
        }
        var configuration = site.configuration
        configuration.endpoint = forwarder.address
        let base = try site.make(configuration)
        return WrappedSystem(base) { parts in
            parts.shutdown = { timeout in
                let outcome = base.shutdown(timeoutNanoseconds: timeout)
                forwarder.stop()
                return outcome
            }
        }
    }

    /// Swaps the two times of each span, in whatever form it is sent.
    static func reverse(_ body: inout [UInt8]) {
        if body.starts(with: [0x1F, 0x8B]) {
            // What is no gzip after all is passed on as it is: the receiver is to judge it.
            guard var inflater = try? Inflater(format: .gzip), var deflater = try? Deflater(format: .gzip, level: 1),
                var plain = try? inflater.decompress(body, limit: 1 << 30)
            else { return }
            reversePlain(&plain)
            body = deflater.compress(plain)
        } else {
            reversePlain(&body)
        }
    }

    private static func reversePlain(_ body: inout [UInt8]) {
        guard body.first == UInt8(ascii: "{") else { return reverseProtobuf(&body) }
        // The times stay where they are, and their names change places.
        body = Array(
            String(decoding: body, as: UTF8.self)
                .replacing(#/"(start|end)TimeUnixNano"/#) {
                    $0.1 == "end" ? #""startTimeUnixNano""# : #""endTimeUnixNano""#
                }
                .utf8
        )
    }

    /// Both times are eight bytes, so nothing else moves.
    private static func reverseProtobuf(_ body: inout [UInt8]) {
        var places = SpanTimePlaces()
        body.withUnsafeBytes { bytes in
            // What cannot be decoded is passed on as it is: the receiver is to judge it.
            try? OTLPDecoder.decode(bytes, into: &places)
        }
        for (start, end) in places.found {
            for offset in 0..<8 { body.swapAt(start + offset, end + offset) }
        }
    }
}

/// Finds the times of spans in a request: the offsets of both.
private struct SpanTimePlaces: OTLPVisitor {
    var found: [(start: Int, end: Int)] = []

    mutating func resource(_ resource: ResourceView) {}

    mutating func scope(_ scope: ScopeView) {}

    mutating func item(_ message: ProtobufCursor) throws(OTLPDecodingError) {
        var cursor = message
        var start: Int?
        var end: Int?
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            if tag == SpanTag.startTimeUnixNano { start = cursor.offset }
            if tag == SpanTag.endTimeUnixNano { end = cursor.offset }
            try cursor.skipValue(of: tag, depth: 3)
        }
        if let start, let end { found.append((start, end)) }
    }
}

import HTTP
import HarnessCore

/// What became of one request of a signal, as `GET /bench/requests` answers it.
package struct RequestRecord: Codable, Equatable, Sendable {
    /// Its number, from 1 over all requests that the sink took, as examples of violations name it.
    package var number: UInt64
    /// When it had arrived, by the wall clock in nanoseconds since 1970.
    package var timeUnixNano: UInt64
    /// The path that it was posted to.
    package var path: String
    /// The content type that it claimed; absent where it claimed none.
    package var contentType: String?
    /// The content encoding that it claimed; absent where it claimed none.
    package var contentEncoding: String?
    /// Bytes of its body as it was sent; absent where it was refused before its body was read.
    package var wireBytes: Int?
    /// Bytes of its body after decompression; absent where it did not come to that.
    package var inflatedBytes: Int?
    /// Logs, spans or metrics in it.
    package var items: Int
    /// How often it broke OTLP's rules.
    package var violations: UInt64
    /// The status of the answer, whether that reached the client or not.
    package var status: Int
    /// The fault that befell it, such as `status` or `delay`; absent for none.
    package var fault: String?
    /// From the last byte of the request until its answer was ready, in nanoseconds.
    package var durationNanoseconds: UInt64

    /// A request of which only the head is known yet.
    internal init(_ head: HTTPRequestHead, number: UInt64, timeUnixNano: UInt64) {
        self.number = number
        self.timeUnixNano = timeUnixNano
        path = Self.cut(head.path)
        contentType = head.headers["Content-Type"].map(Self.cut)
        contentEncoding = head.headers["Content-Encoding"].map(Self.cut)
        items = 0
        violations = 0
        status = 0
        durationNanoseconds = 0
    }

    /// Most characters kept of a header.
    private static let maximumLength = 80

    private static func cut(_ text: String) -> String { String(text.prefix(maximumLength)) }

    private enum CodingKeys: String, CodingKey {
        case number, path, items, violations, status, fault
        case timeUnixNano = "time_unix_ns"
        case contentType = "content_type"
        case contentEncoding = "content_encoding"
        case wireBytes = "wire_bytes"
        case inflatedBytes = "inflated_bytes"
        case durationNanoseconds = "duration_ns"
    }
}

extension FaultStrike {
    /// The fault in a word, for a person who reads the list of requests.
    internal var name: String {
        if let outcome { return outcome.kind.rawValue }
        if delayNanoseconds > 0 { return FaultKind.delay.rawValue }
        if conduct.readBytesPerSecond != nil { return FaultKind.slowRead.rawValue }
        return conduct.writeBytesPerSecond != nil ? FaultKind.drip.rawValue : FaultKind.halfClose.rawValue
    }
}

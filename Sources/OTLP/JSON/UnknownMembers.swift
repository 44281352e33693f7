/// Members of JSON objects that OTLP does not have: a reader skips them, a judge wants to know.
package struct UnknownMembers: Sendable {
    /// How many there were.
    package private(set) var count: UInt64 = 0
    /// The first one in words, such as `logRecord.observed_time_unix_nano at byte 120`; nil when there was none.
    package private(set) var first: String?

    /// Longest name that is kept, in bytes.
    private static let maximumNameBytes = 80

    /// None.
    internal init() {}

    /// Counts a member, unless it is one that OTLP has and that is not read here.
    ///
    /// `entity_refs` of `Resource` is in development: open-telemetry/opentelemetry-proto `resource/v1/resource.proto`.
    @inline(never)
    internal mutating func note(_ name: OTLPText, of message: JSONMessage, at offset: Int) {
        if message == .resource, name.equals("entityRefs") { return }
        // Of an answer's details nothing is read.
        if message == .rpcStatus { return }
        count += 1
        if first == nil {
            let shown = String(decoding: name.bytes.prefix(Self.maximumNameBytes), as: UTF8.self)
            first = "\(message).\(shown) at byte \(offset)"
        }
    }
}

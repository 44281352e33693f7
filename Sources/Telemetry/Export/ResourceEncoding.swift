import OTLP

/// The parts of a request that are the same for every batch of a client, encoded once.
///
/// Source: opentelemetry-proto `resource/v1/resource.proto`, `common/v1/common.proto`; attribute names from
/// https://opentelemetry.io/docs/specs/semconv/resource/
enum ResourceEncoding {
    /// The `Resource` message of these attributes, without tag and length.
    static func resource(_ attributes: Attributes) -> [UInt8] {
        attributes.withSlice { slice in
            bytes(count: slice.encodedSize()) { writer in
                slice.encode(tag: ResourceTag.attributes, to: &writer)
            }
        }
    }

    /// The `InstrumentationScope` message of the SDK itself, without tag and length.
    static func scope() -> [UInt8] {
        let fields = [
            (InstrumentationScopeTag.name, Telemetry.sdkName), (InstrumentationScopeTag.version, Telemetry.sdkVersion),
        ]
        let count = fields.reduce(0) { $0 + 1 + ProtobufWire.lengthDelimitedSize($1.1.utf8.count) }
        return bytes(count: count) { writer in
            for (tag, text) in fields {
                writer.tag(tag)
                writer.lengthDelimited(text)
            }
        }
    }

    private static func bytes(count: Int, _ write: (inout ProtobufWriter) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            guard let base = buffer.baseAddress else { return }
            var writer = ProtobufWriter(at: UnsafeMutableRawPointer(base))
            write(&writer)
            initializedCount = count
        }
    }
}

import Compression

/// Compresses the bodies of requests by gzip, with memory that is kept from one to the next.
///
/// One thread at a time may use it.
final class BodyCompressor {
    /// zlib's fastest level: encoded telemetry repeats itself so much that the others gain little for their time.
    private static let level: Int32 = 1

    private struct Streams: ~Copyable {
        var deflater: Deflater
        var input: [UInt8] = []
        var output: [UInt8] = []
    }

    private var streams: Streams?

    /// A compressor; zlib's state is allocated with the first body.
    init() {}

    /// Compresses a body.
    ///
    /// - Parameters:
    ///   - parts: The parts of the body, below 4 GB in all.
    ///   - body: Called with the compressed bytes, which are valid only meanwhile.
    /// - Returns: What `body` returned; nil if there is no memory for zlib's state.
    func compress<Result>(_ parts: [UnsafeRawBufferPointer], _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        var streams: Streams
        if let kept = self.streams.take() {
            streams = kept
        } else {
            do throws(CompressionError) {
                streams = Streams(deflater: try Deflater(format: .gzip, level: Self.level))
            } catch {
                return nil
            }
        }
        streams.input.removeAll(keepingCapacity: true)
        streams.output.removeAll(keepingCapacity: true)
        for part in parts { streams.input.append(contentsOf: part) }
        streams.input.withUnsafeBytes { streams.deflater.compress($0, appendingTo: &streams.output) }
        let result = streams.output.withUnsafeBytes { body($0) }
        self.streams = consume streams
        return result
    }
}

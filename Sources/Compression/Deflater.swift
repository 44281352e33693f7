import CZlib

/// A compressor that keeps zlib's state, some 270 KB, from one stream to the next.
///
/// One thread at a time may use it.
package struct Deflater: ~Copyable {
    /// In memory of its own: zlib's state holds a pointer back to the stream.
    private let stream: UnsafeMutablePointer<z_stream>

    /// What a compressor looks for.
    package enum Strategy: Sendable {
        /// Whatever occurred before: for texts and records.
        case matches
        /// Runs of a byte alone: for small numbers, where looking for more takes time and finds nothing.
        case runs
    }

    /// The range of compression levels: 0 stores, 1 is fast, 9 is small.
    package static let levels: ClosedRange<Int32> = 0...9

    /// Creates a compressor.
    ///
    /// - Parameters:
    ///   - format: the wrapping of its streams.
    ///   - level: one of ``levels``.
    ///   - strategy: what it looks for.
    /// - Throws: ``CompressionError/outOfMemory``.
    package init(
        format: CompressionFormat,
        level: Int32 = 6,
        strategy: Strategy = .matches
    ) throws(CompressionError) {
        precondition(Self.levels.contains(level), "a compression level is 0 … 9")
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 8 is zlib's default memory level.
        let status = deflateInit2_(
            stream,
            level,
            Z_DEFLATED,
            format.windowBits,
            8,
            strategy == .runs ? Z_RLE : Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard status == Z_OK else {
            stream.deallocate()
            precondition(status == Z_MEM_ERROR, "zlib refuses constant parameters with status \(status)")
            throw .outOfMemory
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Compresses some bytes into a stream of their own.
    ///
    /// - Parameters:
    ///   - input: what to compress, below 4 GB.
    ///   - output: the stream is appended to it; its capacity is reused.
    package mutating func compress(_ input: UnsafeRawBufferPointer, appendingTo output: inout [UInt8]) {
        precondition(input.count <= Int(UInt32.max), "one stream compresses less than 4 GB")
        deflateReset(stream)
        let start = output.count
        let bound = Int(deflateBound(stream, UInt(input.count)))
        output.append(contentsOf: repeatElement(0, count: bound))
        let written = output.withUnsafeMutableBytes { bytes in
            // zlib does not write to its input; the pointer lacks `const` for historical reasons only.
            stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?
                .assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(input.count)
            stream.pointee.next_out = bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(bound)
            let status = deflate(stream, Z_FINISH)
            // "deflateBound() returns an upper bound on the compressed size after deflation" (zlib.h): one call
            // suffices.
            precondition(status == Z_STREAM_END, "zlib did not finish in its own bound: status \(status)")
            return bound - Int(stream.pointee.avail_out)
        }
        output.removeLast(bound - written)
    }

    /// Compresses some bytes into a stream of their own.
    package mutating func compress(_ input: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        let contiguous: Void? = input.withContiguousStorageIfAvailable { bytes in
            compress(UnsafeRawBufferPointer(bytes), appendingTo: &output)
        }
        if contiguous == nil {
            Array(input).withUnsafeBytes { compress($0, appendingTo: &output) }
        }
        return output
    }
}

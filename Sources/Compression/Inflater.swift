import CZlib

/// A decompressor that keeps zlib's state from one stream to the next.
///
/// One thread at a time may use it.
package struct Inflater: ~Copyable {
    /// In memory of its own: zlib's state holds a pointer back to the stream.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Creates a decompressor.
    ///
    /// - Parameter format: the wrapping of its streams.
    /// - Throws: ``CompressionError/outOfMemory``.
    package init(format: CompressionFormat) throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = inflateInit2_(stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            precondition(status == Z_MEM_ERROR, "zlib refuses constant parameters with status \(status)")
            throw .outOfMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Decompresses one stream.
    ///
    /// - Parameters:
    ///   - input: the stream and nothing else, below 4 GB.
    ///   - limit: the most bytes that may come out; memory is taken as they come, never more than twice as much.
    /// - Returns: the decompressed bytes.
    /// - Throws: ``CompressionError`` when the input is corrupt, cut short, followed by other bytes or too large
    ///   inside.
    package mutating func decompress(_ input: some Collection<UInt8>, limit: Int) throws(CompressionError) -> [UInt8] {
        let input = Array(input)
        var output: [UInt8] = []
        let count = try input.withUnsafeBufferPointer { bytes throws(CompressionError) in
            try decompress(UnsafeRawBufferPointer(bytes), into: &output, limit: limit)
        }
        output.removeLast(output.count - count)
        return output
    }

    /// Decompresses one stream into memory that is used again.
    ///
    /// - Parameters:
    ///   - input: the stream and nothing else, below 4 GB.
    ///   - output: takes the bytes at its beginning; grows where it is too short for them, and never shrinks.
    ///   - limit: the most bytes that may come out; memory is taken as they come, never more than twice as much
    ///     or four times the input.
    /// - Returns: how many bytes have come out.
    /// - Throws: ``CompressionError`` when the input is corrupt, cut short, followed by other bytes or too large
    ///   inside.
    package mutating func decompress(
        _ input: UnsafeRawBufferPointer,
        into output: inout [UInt8],
        limit: Int
    ) throws(CompressionError) -> Int {
        precondition(input.count <= Int(UInt32.max), "one stream decompresses less than 4 GB")
        inflateReset(stream)
        // zlib does not write to its input; the pointer lacks `const` for historical reasons only.
        stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?
            .assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(input.count)
        var count = 0
        while true {
            if count == output.count {
                // One byte above the limit tells an output of just that size from a larger one.
                let more = min(max(4 * input.count, 4096, count), limit + 1 - count)
                output.append(contentsOf: repeatElement(0, count: more))
            }
            let room = min(output.count, limit + 1) - count
            let status = output.withUnsafeMutableBytes { bytes in
                stream.pointee.next_out = bytes.baseAddress?.advanced(by: count).assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(clamping: room)
                return inflate(stream, Z_NO_FLUSH)
            }
            count += Int(UInt32(clamping: room) - stream.pointee.avail_out)
            guard count <= limit else { throw .outputTooLarge(limit: limit) }
            switch status {
            case Z_STREAM_END:
                guard stream.pointee.avail_in == 0 else { throw .trailingBytes(Int(stream.pointee.avail_in)) }
                return count
            case Z_OK where stream.pointee.avail_out == 0:
                continue
            case Z_OK, Z_BUF_ERROR:
                // There was room for output, and no input is left.
                throw .truncated
            case Z_MEM_ERROR:
                throw .outOfMemory
            default:
                throw .corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)")
            }
        }
    }
}

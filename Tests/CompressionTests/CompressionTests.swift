import Compression
import Testing

struct CompressionTests {
    static let inputs: [[UInt8]] = [
        [],
        [7],
        Array(repeating: 65, count: 100_000),
        (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) },
    ]

    @Test(arguments: CompressionFormat.allCases, inputs)
    func whatIsCompressedComesBack(format: CompressionFormat, input: [UInt8]) throws {
        for level in [Int32(0), 1, 6, 9] {
            var deflater = try Deflater(format: format, level: level)
            var inflater = try Inflater(format: format)
            // Twice: the second stream must not depend on the first.
            for _ in 0..<2 {
                let stream = deflater.compress(input)
                #expect(try inflater.decompress(stream, limit: input.count) == input)
            }
        }
    }

    @Test func compressionAppendsToItsOutput() throws {
        var deflater = try Deflater(format: .gzip)
        var output: [UInt8] = [1, 2, 3]
        Array("telemetry".utf8).withUnsafeBytes { deflater.compress($0, appendingTo: &output) }
        #expect(output.prefix(3) == [1, 2, 3])
        var inflater = try Inflater(format: .gzip)
        #expect(try inflater.decompress(output.dropFirst(3), limit: 100) == Array("telemetry".utf8))
    }

    /// `printf 'telemetry telemetry telemetry\n' | gzip -n -9 | xxd -p` (gzip 1.12).
    @Test func readsWhatGzipWrote() throws {
        let stream: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0x49, 0xCD, 0x49, 0xCD, 0x4D, 0x2D, 0x29,
            0xAA, 0x54, 0x28, 0xC1, 0x64, 0x71, 0x01, 0x00, 0xC6, 0x3B, 0x14, 0xDC, 0x1E, 0x00, 0x00, 0x00,
        ]
        var inflater = try Inflater(format: .gzip)
        let output = try inflater.decompress(stream, limit: 30)
        #expect(output == Array("telemetry telemetry telemetry\n".utf8))
    }

    /// Python: `zlib.compress(b"hello hello hello hello", 9)` (zlib 1.2.13).
    @Test func readsAndWritesWhatZlibWrites() throws {
        let stream: [UInt8] = [
            0x78, 0xDA, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0x01, 0x68, 0x03, 0x08, 0xB1,
        ]
        let text = Array("hello hello hello hello".utf8)
        var inflater = try Inflater(format: .zlib)
        #expect(try inflater.decompress(stream, limit: 30) == text)
        var deflater = try Deflater(format: .zlib, level: 9)
        #expect(deflater.compress(text).prefix(2) == [0x78, 0xDA])
    }

    @Test(arguments: CompressionFormat.allCases)
    func everyTruncationIsNoticed(format: CompressionFormat) throws {
        var deflater = try Deflater(format: format)
        var inflater = try Inflater(format: format)
        let stream = deflater.compress(Array("telemetry telemetry".utf8))
        for length in 0..<stream.count {
            #expect(throws: CompressionError.truncated) {
                try inflater.decompress(stream.prefix(length), limit: 1000)
            }
        }
    }

    @Test(arguments: CompressionFormat.allCases)
    func outputIsLimitedExactly(format: CompressionFormat) throws {
        var deflater = try Deflater(format: format)
        var inflater = try Inflater(format: format)
        let stream = deflater.compress(repeatElement(0, count: 1_000_000))
        #expect(throws: CompressionError.outputTooLarge(limit: 999_999)) {
            try inflater.decompress(stream, limit: 999_999)
        }
        #expect(throws: CompressionError.outputTooLarge(limit: 0)) { try inflater.decompress(stream, limit: 0) }
        #expect(try inflater.decompress(stream, limit: 1_000_000).count == 1_000_000)
    }

    @Test("Memory of an earlier stream is used again, whatever limit it had")
    func memoryIsUsedAgain() throws {
        var deflater = try Deflater(format: .gzip)
        var inflater = try Inflater(format: .gzip)
        let short = deflater.compress(Array("telemetry".utf8))
        let long = deflater.compress(repeatElement(65, count: 100_000))
        var output: [UInt8] = []
        #expect(try long.withUnsafeBytes { try inflater.decompress($0, into: &output, limit: 100_000) } == 100_000)
        let size = output.count
        #expect(try short.withUnsafeBytes { try inflater.decompress($0, into: &output, limit: 9) } == 9)
        #expect(Array(output.prefix(10)) == Array("telemetryA".utf8) && output.count == size)
        #expect(throws: CompressionError.outputTooLarge(limit: 99)) {
            try long.withUnsafeBytes { try inflater.decompress($0, into: &output, limit: 99) }
        }
        #expect(try long.withUnsafeBytes { try inflater.decompress($0, into: &output, limit: 200_000) } == 100_000)
    }

    @Test func damageAndTrailingBytesAreErrors() throws {
        var deflater = try Deflater(format: .zlib)
        var inflater = try Inflater(format: .zlib)
        var stream = deflater.compress(Array("telemetry".utf8))
        #expect(throws: CompressionError.trailingBytes(2)) { try inflater.decompress(stream + [0, 0], limit: 100) }
        stream[stream.count - 1] ^= 1
        #expect(throws: CompressionError.corrupt("incorrect data check")) {
            try inflater.decompress(stream, limit: 100)
        }
        #expect(throws: CompressionError.corrupt("incorrect header check")) {
            try inflater.decompress([1, 2, 3], limit: 9)
        }
        #expect(CompressionError.corrupt("x").description == "the compressed data are corrupt: x")
    }
}

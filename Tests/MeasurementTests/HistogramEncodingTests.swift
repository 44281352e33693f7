import Compression
import Foundation
import HarnessCore
import Measurement
import TestSupport
import Testing

struct HistogramEncodingTests {
    /// Figures of PyPI `hdrhistogram`; `Fixtures/make_hdrhistogram_fixture.py` writes them.
    struct Fixture: Decodable {
        struct Case: Decodable {
            let name: String
            let seed: UInt64
            let count: Int
            let shift: UInt64
            let encoded: String
            let mean: Double
            let stddev: Double
            let min: UInt64
            let max: UInt64
            let percentiles: [[Double]]

            var values: [UInt64] {
                var generator = SplitMix64(seed: seed)
                return (0..<count).map { _ in generator.next() >> shift }
            }
        }

        let cases: [Case]
    }

    static func fixture() throws -> [Fixture.Case] {
        let path = "\(Bundle.module.resourcePath ?? "")/Fixtures/hdrhistogram.json"
        let data = try Data(contentsOf: URL(filePath: path))
        return try JSONDecoder().decode(Fixture.self, from: data).cases
    }

    @Test func readsTheIndependentImplementationsHistograms() throws {
        for fixture in try Self.fixture() {
            let decoded = try HistogramSnapshot(base64V2Compressed: fixture.encoded)
            #expect(decoded == HistogramSnapshot(recording: fixture.values), "\(fixture.name)")
            for pair in fixture.percentiles {
                #expect(decoded.value(atPercentile: pair[0]) == UInt64(pair[1]), "\(fixture.name): p\(pair[0])")
            }
            let mean = try #require(decoded.mean)
            let deviation = try #require(decoded.standardDeviation)
            #expect(abs(mean - fixture.mean) <= fixture.mean * 1e-9, "\(fixture.name)")
            #expect(abs(deviation - fixture.stddev) <= fixture.stddev * 1e-9, "\(fixture.name)")
            #expect(decoded.min == HistogramLayout.lowestValue(at: HistogramLayout.index(of: fixture.min)))
            #expect(decoded.max == HistogramLayout.highestValue(at: HistogramLayout.index(of: fixture.max)))
        }
    }

    /// The same bytes as theirs mean that they can read ours.
    ///
    /// The Python implementation writes a lone zero as a run of one; the Java one, which ours follows, as a count of
    /// zero. That is the only difference, and both read both.
    @Test func writesTheBytesOfTheIndependentImplementation() throws {
        var inflater = try Inflater(format: .zlib)
        for fixture in try Self.fixture() {
            let encoded = try #require(Data(base64Encoded: fixture.encoded))
            let ours = HistogramSnapshot(recording: fixture.values)
            #expect(try Array(ours.encodedV2Compressed().prefix(4)) == Array(encoded.prefix(4)))
            var theirs = try inflater.decompress(encoded.dropFirst(8), limit: 1 << 20)
            var isStart = true
            for index in 40..<theirs.count {
                if isStart, theirs[index] == 1 { theirs[index] = 0 }
                isStart = theirs[index] < 0x80
            }
            #expect(theirs == ours.encodedV2(), "\(fixture.name)")
        }
    }

    /// Figures of PyPI `hdrhistogram`; `Fixtures/make_layouts_fixture.py` writes them.
    struct Layouts: Decodable {
        struct Layout: Decodable {
            let lowest: UInt64
            let highest: UInt64
            let digits: Int
            let encoded: String
            let count: UInt64
            let max: UInt64
            let mean: Double
            let percentiles: [[Double]]
        }

        let layouts: [Layout]
    }

    @Test func readsHistogramsOfOtherLayouts() throws {
        let text = try HistogramLogTests.fixture("layouts.json")
        let layouts = try JSONDecoder().decode(Layouts.self, from: Data(text.utf8)).layouts
        #expect(layouts.count == 6)
        for layout in layouts {
            let name = Comment(rawValue: "\(layout.lowest) … \(layout.highest), \(layout.digits) digits")
            let decoded = try HistogramSnapshot(base64V2Compressed: layout.encoded)
            #expect(decoded.totalCount == layout.count, name)
            #expect(decoded.max == layout.max, name)
            #expect(abs(try #require(decoded.mean) - layout.mean) <= layout.mean * 1e-9, name)
            for pair in layout.percentiles {
                #expect(decoded.value(atPercentile: pair[0]) == UInt64(pair[1]), name)
            }
        }
    }

    /// The header and counts of three values, written by hand from `AbstractHistogram.java`.
    @Test func encodesByTheSpecification() {
        let header: [UInt8] = [
            0x1C, 0x84, 0x93, 0x13, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 3,
            0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0x03, 0x46, 0x30, 0xB8, 0xA0, 0x00, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0,
        ]
        // Two zeros are a run of −2 → 3; one value at 2; one zero is 0; 70 at 4 → 140 as two bytes; 1 at 5.
        let counts: [UInt8] = [3, 2, 0, 0x8C, 0x01, 2]
        let snapshot = HistogramSnapshot(counts: [0, 0, 1, 0, 70, 1, 0, 0])
        #expect(snapshot.encodedV2() == header + counts)
    }

    @Test func countsOfEveryLengthComeBack() throws {
        for bits in 0..<63 {
            let snapshot = HistogramSnapshot(counts: [0, 1 << UInt64(bits), 0, (1 << UInt64(bits)) - 1, 1])
            #expect(try HistogramSnapshot(decodingV2: snapshot.encodedV2()) == snapshot)
        }
    }

    @Test func everyHistogramComesBack() throws {
        var generator = SplitMix64(seed: 99)
        var snapshots = [HistogramSnapshot(), HistogramSnapshot(recording: [0]), HistogramSnapshot(recording: [.max])]
        snapshots.append(HistogramSnapshot(counts: Array(repeating: 3, count: HistogramLayout.slotCount)))
        for shift in 22..<60 {
            snapshots.append(HistogramSnapshot(recording: (0..<200).map { _ in generator.next() >> UInt64(shift) }))
        }
        for snapshot in snapshots {
            #expect(try HistogramSnapshot(decodingV2: snapshot.encodedV2()) == snapshot)
            #expect(try HistogramSnapshot(decodingV2: snapshot.encodedV2Compressed()) == snapshot)
            #expect(try HistogramSnapshot(base64V2Compressed: snapshot.base64V2Compressed()) == snapshot)
            let json = try JSONEncoder().encode([snapshot])
            #expect(try JSONDecoder().decode([HistogramSnapshot].self, from: json) == [snapshot])
        }
    }

    @Test func whatCannotBeReadIsATypedError() throws {
        let plain = HistogramSnapshot(recording: [1, 2, 70_000]).encodedV2()
        func decode(_ change: (inout [UInt8]) -> Void) -> HistogramDecodingError? {
            var bytes = plain
            change(&bytes)
            return #expect(throws: HistogramDecodingError.self) { try HistogramSnapshot(decodingV2: bytes) }
        }
        for length in 0..<plain.count {
            #expect(decode { $0 = Array($0.prefix(length)) } == .truncated)
        }
        #expect(decode { $0.append(0) } == .trailingBytes(1))
        #expect(decode { $0[0] = 0x1D } == .unknownCookie(0x1D84_9313))
        #expect(decode { $0[11] = 1 } == .unsupported("its normalising index offset is 1 instead of 0"))
        #expect(decode { $0[15] = 6 } == .unsupported("it has 6 significant digits, and 5 is the most"))
        #expect(decode { $0[23] = 0 } == .unsupported("its range is 0 to 3600000000000"))
        #expect(decode { $0[24] = 0x80 } != nil)
        #expect(decode { $0[32] = 0x40 } != nil)
        #expect(
            #expect(throws: HistogramDecodingError.self) { try HistogramSnapshot(base64V2Compressed: "%") }
                == .notBase64
        )
        let compressed = try HistogramSnapshot(recording: [1]).encodedV2Compressed()
        for length in 0..<compressed.count {
            #expect(throws: HistogramDecodingError.truncated) {
                try HistogramSnapshot(decodingV2: compressed.prefix(length))
            }
        }
        var damaged = compressed
        damaged[damaged.count - 1] ^= 1
        #expect(throws: HistogramDecodingError.compression("the compressed data are corrupt: incorrect data check")) {
            try HistogramSnapshot(decodingV2: damaged)
        }
    }

    @Test func countsBeyondTheLayoutAreRefused() {
        let header = Array(HistogramSnapshot().encodedV2().prefix(40))
        func decode(_ counts: [UInt8]) -> HistogramDecodingError? {
            var bytes = header + counts
            bytes[7] = UInt8(counts.count)
            return #expect(throws: HistogramDecodingError.self) { try HistogramSnapshot(decodingV2: bytes) }
        }
        // −33,792 zeros, then one count more than there are slots; −2^62; and twice 2^63 − 1 and a few.
        let reason = "it has values above one hour or more counts than there are slots"
        #expect(decode([0xFF, 0x8F, 0x04, 0]) == .invalidCounts(reason))
        #expect(decode([0xFF, 0x8F, 0x04, 2]) == .invalidCounts(reason))
        #expect(decode([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]) == .invalidCounts(reason))
        let greatest: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        #expect(decode(greatest + greatest + greatest) == .invalidCounts("its counts exceed 2^64"))
    }

    @Test func randomBytesNeverDecodeOutOfBounds() throws {
        var generator = SplitMix64(seed: 7)
        let plain = HistogramSnapshot(recording: (0..<50).map { _ in generator.next() >> 50 }).encodedV2()
        for _ in 0..<2000 {
            var bytes = plain
            for _ in 0...Int(generator.next() % 4) {
                bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
            }
            // Either outcome is fine: what counts is that nothing traps, and that what is read has a consistent total.
            if let snapshot = try? HistogramSnapshot(decodingV2: bytes) {
                if snapshot.counts.reduce(0, +) != snapshot.totalCount { Issue.record("inconsistent: \(bytes)") }
            }
        }
    }
}

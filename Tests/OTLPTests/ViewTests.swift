import TestSupport
import Testing

@testable import OTLP

/// The views: look-ups without allocation, in input of any order.
struct ViewTests {
    /// The visitor after a whole request of one record.
    func visit(record build: (inout ProtobufBytes) -> Void) throws -> CollectingVisitor {
        let bytes = ProtobufBytes { $0.field(1) { $0.field(2) { $0.field(2, message: build) } } }.bytes
        var visitor = CollectingVisitor()
        try bytes.withUnsafeBytes { try OTLPDecoder.decode($0, into: &visitor) }
        return visitor
    }

    @Test func visitorSeesResourcesScopesAndRecordsInOrder() throws {
        var visitor = CollectingVisitor()
        let bytes = try Fixture.bytes("envelope.bin")
        try bytes.withUnsafeBytes { try OTLPDecoder.decode($0, into: &visitor) }
        #expect(visitor.runIDs == (0..<3).map { Array("run-\($0)".utf8) })
        #expect(visitor.scopes == 6)
        #expect(visitor.ids.count == 2 + (2 + 3) + (2 + 3 + 4))
        #expect(visitor.ids[2] == 1 << 40)
        #expect(visitor.times[0] == 1_700_000_000_000_000_000)
    }

    @Test func identifierIsFoundAmongOtherAttributes() throws {
        let visitor = try visit { record in
            for key in ["bench.i", "bench.id2", "Bench.id", "", "bench.ix"] {
                record.field(6) {
                    $0.field(1, string: key)
                    $0.field(2) { $0.field(3, varint: 1) }
                }
            }
            record.field(1, fixed64: 9)
            record.field(6) {
                $0.field(2) { $0.field(3, varint: UInt64(7) << 40 | 123_456) }
                $0.field(1, string: "bench.id")
            }
            record.field(12, string: "e")
        }
        #expect(visitor.ids == [7 << 40 | 123_456])
        #expect(visitor.times == [9])
        #expect(visitor.runIDs == [nil])
    }

    @Test func firstOfSeveralIdentifiersCounts() throws {
        let visitor = try visit { record in
            for id in [4, 5] as [UInt64] {
                record.field(6) {
                    $0.field(1, string: "bench.id")
                    $0.field(2) { $0.field(3, varint: id) }
                }
            }
        }
        #expect(visitor.ids == [4])
    }

    @Test("An identifier that is not an integer is none", arguments: [1, 2, 4, 7] as [UInt64])
    func identifierOfAnotherKind(member: UInt64) throws {
        let visitor = try visit { record in
            record.field(6) {
                $0.field(1, string: "bench.id")
                $0.field(2) {
                    switch member {
                    case 2: $0.field(2, varint: 1)
                    case 4: $0.field(4, fixed64: 1)
                    default: $0.field(member, string: "1")
                    }
                }
            }
        }
        #expect(visitor.ids == [nil])
    }

    @Test("The last member of a oneof wins, whichever way it is read")
    func lastMemberWins() throws {
        let visitor = try visit { record in
            record.field(6) {
                $0.field(1, string: "bench.id")
                $0.field(2) {
                    $0.field(3, varint: 1)
                    $0.field(1, string: "x")
                    $0.field(3, varint: 300)
                }
            }
            record.field(6) { $0.field(1, string: "bench.id") }
        }
        #expect(visitor.ids == [300])
    }

    @Test func textComparesEveryByte() throws {
        let texts: [StaticString] = ["", "a", "bench.id", "bench.run_id", "sixteen letters.", "seventeen letters"]
        for text in texts {
            let bytes = Array("\(text)".utf8)
            bytes.withUnsafeBytes { buffer in
                let view = ProtobufCursor(buffer).rest
                for other in texts { #expect(view.equals(other) == ("\(other)" == "\(text)")) }
                #expect(view.equals(bytes))
                #expect(!view.equals(bytes + [0]))
            }
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 0x20
                changed.withUnsafeBytes { #expect(!ProtobufCursor($0).rest.equals(text)) }
            }
        }
    }
}

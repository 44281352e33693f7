import Testing

@testable import HarnessCore

/// Sums against an implementation of the same formula in Python, whose FNV-1a gives 0x85944171f73967e8 for "foobar" as
/// http://www.isthe.com/chongo/tech/comp/fnv/ has it.
struct ItemChecksumTests {
    static func checksum(_ text: String, _ attributes: KeyValuePairs<String, String> = [:]) -> ItemChecksum {
        var sum = ItemChecksum()
        Array(text.utf8).withUnsafeBytes { sum.add(text: $0) }
        for (key, value) in attributes {
            Array(key.utf8).withUnsafeBytes { key in
                Array(value.utf8).withUnsafeBytes { sum.add(key: key, value: $0) }
            }
        }
        return sum
    }

    @Test func sumsAreThoseOfTheFormula() {
        #expect(Self.checksum("bench.event").value(ofItem: 5) == 941_219_527)
        let sum = Self.checksum("grüße", ["bench.attribute.0000": "abc", "bench.attribute.0001": ""])
        #expect(sum.value(ofItem: 3 << 40 | 7) == 3_066_892_664)
    }

    @Test func anythingButTheOrderMatters() {
        let sum = Self.checksum("t", ["a": "1", "b": "2"])
        #expect(sum == Self.checksum("t", ["b": "2", "a": "1"]))
        for other in [
            Self.checksum("t", ["a": "2", "b": "1"]), Self.checksum("t", ["a": "1"]),
            Self.checksum("", ["a": "1", "b": "2"]), Self.checksum("t", ["a": "1", "b": "2", "c": ""]),
            Self.checksum("t", ["a1": "", "b": "2"]), Self.checksum("t", ["a": "1", "b": "2", "": "t"]),
        ] {
            #expect(sum.value(ofItem: 1) != other.value(ofItem: 1))
        }
        #expect(sum.value(ofItem: 1) != sum.value(ofItem: 2))
    }
}

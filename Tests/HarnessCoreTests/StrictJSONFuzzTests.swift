import HarnessCore
import Testing

struct StrictJSONFuzzTests {
    @Test("Mutated documents parse to a value that survives its own text, or throw; none traps")
    func mutatedDocuments() throws {
        let seeds = [
            #"{"name": "x", 'a': [1, -2.5e3, 0x1F, .5, +7], b: {c: null, d: true,}, /* c */ "é\u00e9\n": "\ud83d\ude00"} // end"#,
            #"[[[[{"a": [{}]}]], "\\\"", 9223372036854775807, 1e-7]]"#,
        ].map { Array($0.utf8) }
        let alphabet = Array("{}[]:,\"'\\/*+-.0123456789eExXutrnfalsb \n\u{E9}".utf8) + [0x00, 0xFF, 0x80]
        var random = SplitMix64(seed: 42)
        var parsed = 0
        for iteration in 0..<10_000 {
            var bytes = seeds[iteration % seeds.count]
            for _ in 0...Int(random.next() % 4) {
                let position = Int(random.next() % UInt64(bytes.count))
                let byte = alphabet[Int(random.next() % UInt64(alphabet.count))]
                switch random.next() % 4 {
                case 0: bytes[position] = byte
                case 1: bytes.insert(byte, at: position)
                case 2 where bytes.count > 1: bytes.remove(at: position)
                default: bytes.removeLast(Int(random.next() % UInt64(bytes.count)))
                }
            }
            guard !bytes.isEmpty, let value = try? StrictJSON.parse(utf8: bytes) else { continue }
            parsed += 1
            #expect(try StrictJSON.parse(value.description) == value, "\(String(decoding: bytes, as: UTF8.self))")
        }
        // Enough of them stay valid for the comparison to mean something.
        #expect(parsed > 500)
    }

    @Test("Random texts never make a quantity trap")
    func randomQuantities() {
        let alphabet = Array("0123456789.-/kKMGTiBsmhdnu%µ max")
        var random = SplitMix64(seed: 7)
        for _ in 0..<10_000 {
            let text = String(
                (0..<Int(random.next() % 12)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
            )
            expectQuantityError(text, Quantity.durationNanoseconds)
            expectQuantityError(text, Quantity.bytes)
            expectQuantityError(text, Quantity.count)
            if case .perSecond(let events, let nanoseconds)? = try? Quantity.rate(text) {
                #expect(events > 0 && nanoseconds > 0, "\(text)")
            }
        }
    }

    /// Runs a parser; an error must be about this very text.
    private func expectQuantityError(_ text: String, _ parse: (String) throws(QuantityError) -> UInt64) {
        do {
            _ = try parse(text)
        } catch {
            #expect(error.value == text)
        }
    }
}

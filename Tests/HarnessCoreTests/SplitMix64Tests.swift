import HarnessCore
import Testing

struct SplitMix64Tests {
    /// The figures are those of Vigna's C code, as https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64 lists them.
    @Test func theSequenceIsThePublishedOne() {
        var random = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ]
        )
    }

    @Test func aMutatorRepeatsItself() {
        let bytes = Array("{\"a\": [1, 2]}".utf8)
        var (first, second) = (ByteMutator(seed: 5, interesting: [0]), ByteMutator(seed: 5, interesting: [0]))
        var other = ByteMutator(seed: 6, interesting: [0])
        let mutations = (0..<20).map { _ in first.mutate(bytes) }
        #expect(mutations == (0..<20).map { _ in second.mutate(bytes) })
        #expect(mutations != (0..<20).map { _ in other.mutate(bytes) })
        #expect(mutations.count { $0 != bytes } > 15)
    }
}

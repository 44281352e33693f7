import HarnessCore
import Testing

struct SuggestionTests {
    @Test(
        arguments: [
            ("phasess", "phases"), ("durration", "duration"), ("RATE", "rate"), ("raet", "rate"),
            ("prodcuers", "producers"),
        ]
    )
    func findsTheWordThatWasMeant(word: String, expected: String) {
        #expect(Suggestion.nearest(to: word, in: ["rate", "duration", "phases", "producers"]) == expected)
    }

    @Test(arguments: ["x", "ra", "zzzz", "", "completely-different"])
    func staysSilentWhenNothingIsNear(word: String) {
        #expect(Suggestion.nearest(to: word, in: ["rate", "duration", "phases"]) == nil)
    }

    @Test("A difference of four edits is too far, whatever the length")
    func fourEditsAreTooFar() {
        #expect(Suggestion.nearest(to: "abcdefghijkl", in: ["abcdefgh"]) == nil)
        #expect(Suggestion.nearest(to: "abcdefghijk", in: ["abcdefgh"]) == "abcdefgh")
    }

    @Test func theFirstOfEquallyNearWins() {
        #expect(Suggestion.nearest(to: "bast", in: ["cast", "last"]) == "cast")
    }

    @Test("Distances are the textbook's")
    func distances() {
        // Wagner and Fischer's classic pair, and one swap of neighbours (Damerau).
        #expect(Suggestion.editDistance(Array("kitten"), Array("sitting")) == 3)
        #expect(Suggestion.editDistance(Array("ab"), Array("ba")) == 1)
        #expect(Suggestion.editDistance([], Array("abc")) == 3)
        #expect(Suggestion.editDistance(Array("abc"), []) == 3)
    }
}

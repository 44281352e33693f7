import HarnessCore
import Testing

/// Places in a document: what is there, putting something there, and the line.
struct JSONPathTests {
    private static let text = """
        {
          "a": 1, // a comment
          "list": [
            {"x": 1},

            {"x": 2, "y.z": {"w": 3}}, 7
          ],
          'y': {"z": 4},
          "y.z": 5
        }
        """

    @Test(arguments: [
        ("a", "1"), ("list[0].x", "1"), ("list[1].x", "2"), ("list[1].y.z.w", "3"), ("list[2]", "7"), ("y.z", "5"),
        ("y", #"{"z":4}"#),
    ])
    func values(path: String, value: String) throws {
        #expect(try StrictJSON.parse(Self.text).value(at: path)?.description == value)
    }

    @Test(arguments: ["b", "a.b", "list[3]", "list[-1]", "list[x]", "list.x", "list[0].y", "lis", "y.z.w"])
    func nothing(path: String) throws {
        #expect(try StrictJSON.parse(Self.text).value(at: path) == nil)
    }

    @Test(arguments: [
        ("a", 1 as Int64?, #"{"a":1,"b":{"c.d":2},"l":[3]}"#), ("a", nil, #"{"b":{"c.d":2},"l":[3]}"#),
        ("b.c.d", 9, #"{"a":0,"b":{"c.d":9},"l":[3]}"#), ("b.e", 9, #"{"a":0,"b":{"c.d":2,"e":9},"l":[3]}"#),
        ("b.c.d", nil, #"{"a":0,"b":{},"l":[3]}"#), ("l[0]", 4, #"{"a":0,"b":{"c.d":2},"l":[4]}"#),
        ("n", 4, #"{"a":0,"b":{"c.d":2},"l":[3],"n":4}"#),
    ])
    func changes(path: String, value: Int64?, result: String) throws {
        var document = try StrictJSON.parse(#"{"a":0,"b":{"c.d":2},"l":[3]}"#)
        let isSet = document.set(value.map { .integer($0) }, at: path)
        #expect(isSet)
        #expect(document.description == result)
    }

    @Test(arguments: ["l[1]", "l[0].x", "a.x", "n.m", "l[x]"])
    func changesWithoutAPlace(path: String) throws {
        var document = try StrictJSON.parse(#"{"a":0,"b":{"c.d":2},"l":[3]}"#)
        let isSet = document.set(.integer(1), at: path)
        #expect(!isSet)
        #expect(document.description == #"{"a":0,"b":{"c.d":2},"l":[3]}"#)
    }

    @Test func elementsOfAListAreNotTakenAway() throws {
        var document = try StrictJSON.parse("[1,2]")
        let isSet = document.set(nil, at: "[0]")
        #expect(!isSet)
    }

    @Test(arguments: [
        ("a", 2), ("list", 3), ("list[0]", 4), ("list[0].x", 4), ("list[1].x", 6), ("list[1].y.z.w", 6), ("list[2]", 6),
        ("y", 8), ("y.z", 9),
    ])
    func lines(path: String, line: Int) {
        #expect(StrictJSON.lines(in: Self.text)[path] == line)
    }

    @Test func linesUpToTheFirstMistakeOfForm() {
        #expect(StrictJSON.lines(in: "{\n\"a\": 1,\n\"b\": [}") == ["a": 2, "b": 3, "b[0]": 3])
    }
}

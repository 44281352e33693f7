import HarnessCore
import Testing

/// Lines of the elements of an array.
struct JSONElementLinesTests {
    @Test("Comments, strings and arrays below do not mislead")
    func lines() {
        let text = """
            // "gates": [{
            {
              "version": 1, /* "gates": [
              {} */ "others": [{"gates": [{}]}],
              "gates": [
                {"metric": "a // \\" ]", "list": [{}, {"x": [1]}]},
                // {"metric": "b"},
                {
                  "metric": "c"
                }, {"metric": "d"}
              ],
              "waivers": [{"gate": "a"}]
            }
            """
        #expect(JSONElementLines.lines(of: "gates", in: Array(text.utf8)) == [6, 8, 10])
        #expect(JSONElementLines.lines(of: "waivers", in: Array(text.utf8)) == [12])
        #expect(JSONElementLines.lines(of: "absent", in: Array(text.utf8)) == [])
        #expect(JSONElementLines.lines(of: "gates", in: Array("{\"gates\": [".utf8)) == [])
    }
}

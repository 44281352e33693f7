import FoundationEssentials
import HarnessCore
import Testing

struct JSONValueCodableTests {
    @Test func survivesEncodingAndDecoding() throws {
        let value = try StrictJSON.parse(
            #"{"a": 9007199254740993, "b": 1.5, "c": [true, false, null, "x", {}, []], "d": {"e": -1}}"#
        )
        let data = try JSONEncoder().encode(value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: data) == sorted(value))
    }

    @Test("A whole number stays a number and does not become a Boolean")
    func kindsAreKept() throws {
        let data = Data("[0,1,true,\"1\"]".utf8)
        let value = try JSONDecoder().decode(JSONValue.self, from: data)
        #expect(value == .array([.integer(0), .integer(1), .bool(true), .string("1")]))
    }

    private func sorted(_ value: JSONValue) -> JSONValue {
        guard case .object(let object) = value else { return value }
        var result = JSONObject()
        for member in object.members.sorted(by: { $0.key < $1.key }) {
            result[member.key] = sorted(member.value)
        }
        return .object(result)
    }
}

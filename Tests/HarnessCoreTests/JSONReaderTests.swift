import HarnessCore
import Testing

struct JSONReaderTests {
    private enum Shape: String, CaseIterable {
        case constant
        case burst
    }

    @Test func readsWhatIsThere() throws {
        let reader = try StrictJSON.read(
            """
            {"name": "x", "on": true, "producers": 3, "ratio": 0.5, "every": "100ms", "limit": "20MB", "rate": "max",
             "count": "10k", "shape": "burst", "nested": {"a": 1}, "list": [{"b": 2}], "free": {"x": null}}
            """,
            as: "profile"
        )
        #expect(try reader.string("name") == "x")
        #expect(try reader.bool("on"))
        #expect(try reader.integer("producers", in: 1...10) == 3)
        #expect(try reader.number("ratio") == 0.5)
        #expect(try reader.duration("every") == 100_000_000)
        #expect(try reader.bytes("limit") == 20_000_000)
        #expect(try reader.rate("rate") == .unlimited)
        #expect(try reader.count("count") == 10_000)
        #expect(try reader.choice("shape", of: Shape.self) == .burst)
        let nested = try reader.object("nested")
        #expect(try nested.integer("a", in: 0...1) == 1)
        #expect(throws: Never.self) { try nested.finish() }
        let list = try reader.objects("list")
        #expect(list.map(\.path) == ["list[0]"])
        #expect(try list[0].integer("b", in: 0...9) == 2)
        #expect(try reader.object("free").entries().map(\.key) == ["x"])
        #expect(throws: Never.self) { try reader.finish() }
    }

    @Test func absentMembersAreNil() throws {
        let reader = try StrictJSON.read("{}", as: "profile")
        #expect(try reader.optionalString("a") == nil)
        #expect(try reader.optionalBool("a") == nil)
        #expect(try reader.optionalInteger("a", in: 0...1) == nil)
        #expect(try reader.optionalNumber("a") == nil)
        #expect(try reader.optionalDuration("a") == nil)
        #expect(try reader.optionalBytes("a") == nil)
        #expect(try reader.optionalRate("a") == nil)
        #expect(try reader.optionalCount("a") == nil)
        #expect(try reader.optionalChoice("a", of: Shape.self) == nil)
        #expect(try reader.optionalObject("a") == nil)
        #expect(try reader.optionalArray("a") == nil)
        #expect(!reader.has("a"))
    }

    @Test("Bare numbers are bytes, counts and events a second")
    func bareNumbers() throws {
        let reader = try StrictJSON.read(#"{"bytes": 512, "count": 10000, "rate": 2500}"#, as: "profile")
        #expect(try reader.bytes("bytes") == 512)
        #expect(try reader.count("count") == 10_000)
        #expect(try reader.rate("rate") == .perSecond(events: 1, perNanoseconds: 400_000))
    }

    @Test("Every mistake names place, value, reason and remedy")
    func mistakes() throws {
        let reader = try StrictJSON.read(
            """
            {"name": 3, "on": "yes", "producers": 0, "half": 1.5, "every": "10", "everyNumber": 10, "limit": "20mb",
             "rate": "ten", "zero": 0, "shape": "brust", "other": "spiral", "nested": [], "list": [1], "empty": "",
             "nothing": null}
            """,
            as: "profile"
        )
        expect("name: 3 is a number, not a string") { _ = try reader.string("name") }
        expect("on: \"yes\" is a string, not true or false") { _ = try reader.bool("on") }
        expect("producers: 0 is out of range; allowed: 1 to 64") { _ = try reader.integer("producers", in: 1...64) }
        expect("half: 1.5 is not a whole number") { _ = try reader.integer("half", in: 1...64) }
        expect("name: 3 is out of range; allowed: 0 to 1") { _ = try reader.integer("name", in: UInt8(0)...1) }
        expect("every: \"10\" is not a duration: it has no unit; did you mean \"10s\"?") {
            _ = try reader.duration("every")
        }
        expect("everyNumber: 10 is a number, not a duration such as \"250ms\"") {
            _ = try reader.duration("everyNumber")
        }
        expect("rate: \"ten\" is not a rate: it does not begin with a number; did you mean \"10/s\"?") {
            _ = try reader.rate("rate")
        }
        expect("zero: 0 is a number, not a rate such as \"1000/s\"") { _ = try reader.rate("zero") }
        expect("shape: \"brust\" is not one of the known values; known: constant, burst, did you mean \"burst\"?") {
            _ = try reader.choice("shape", of: Shape.self)
        }
        expect("other: \"spiral\" is not one of the known values; known: constant, burst") {
            _ = try reader.choice("other", of: Shape.self)
        }
        expect("nested: [] is an array, not an object") { _ = try reader.object("nested") }
        expect("name: 3 is a number, not an array") { _ = try reader.array("name") }
        expect("list[0]: 1 is a number where the list needs an object") { _ = try reader.objects("list") }
        expect("empty: \"\" is empty") { _ = try reader.nonEmptyString("empty") }
        expect("nothing: null is null, not a string") { _ = try reader.optionalString("nothing") }
        expect("profile has no \"absent\"") { _ = try reader.string("absent") }
        expect("profile has no \"limits\"; is \"limit\" meant to be it?") { _ = try reader.value("limits") }
    }

    @Test("An unknown key names the nearest known one, or all of them")
    func unknownKeys() throws {
        let reader = try StrictJSON.read(#"{"name": "x", "phasess": []}"#, as: "profile")
        _ = try reader.string("name")
        _ = try reader.optionalArray("phases")
        expect("unknown key \"phasess\" in profile; did you mean \"phases\"?") { try reader.finish() }

        let nested = try StrictJSON.read(#"{"phases": [{"xyz": 1}]}"#, as: "profile").objects("phases")[0]
        _ = try nested.optionalString("shape")
        _ = try nested.optionalString("name")
        expect("unknown key \"xyz\" in phases[0]; known keys: name, shape") { try nested.finish() }
    }

    @Test func theRootMustBeAnObject() {
        expect("[1] is an array where the profile needs an object") { _ = try StrictJSON.read("[1]", as: "profile") }
    }

    @Test func callersCanAddTheirOwnRules() throws {
        let reader = try StrictJSON.read(#"{"system": {"batch_size": 0}}"#, as: "profile").object("system")
        #expect(
            reader.error("batch_size", "is too small", hint: "use at least 1").description
                == "system.batch_size: 0 is too small; use at least 1"
        )
    }

    private func expect(
        _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: StrictJSONError.self, sourceLocation: sourceLocation) { try body() }
        #expect(error?.description == message, sourceLocation: sourceLocation)
    }
}

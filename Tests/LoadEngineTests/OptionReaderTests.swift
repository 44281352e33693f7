import Testing

@testable import LoadEngine

struct OptionReaderTests {
    @Test func readsEveryType() throws {
        var options = OptionReader([
            "on": .bool(true), "size": .integer(5), "ratio": .number(0.5), "name": .string("x"),
            "mode": .string("drop"),
            "every": .string("250ms"), "limit": .string("20MB"), "bytes": .integer(512),
        ])
        #expect(try options.bool("on") == true)
        #expect(try options.integer("size", in: 1...10) == 5)
        #expect(try options.number("ratio") == 0.5)
        #expect(try options.number("size") == 5)
        #expect(try options.string("name") == "x")
        #expect(try options.choice("mode", of: ["drop", "wait"]) == "drop")
        #expect(try options.durationNanoseconds("every") == 250_000_000)
        #expect(try options.bytes("limit") == 20_000_000)
        #expect(try options.bytes("bytes") == 512)
        #expect(try options.integer("absent", in: 0...1) == nil)
        try options.finish()
    }

    @Test func whatIsWrongIsSaid() {
        var options = OptionReader([
            "batch_size": .integer(0), "mode": .string("dorp"), "every": .string("ten"), "batchsize": .integer(3),
        ])
        func message(_ body: () throws -> Void) -> String? {
            #expect(throws: SystemConfigurationError.self) { try body() }?.description
        }
        #expect(
            message { _ = try options.integer("batch_size", in: 1...100) }
                == "system.batch_size: 0 is out of range; allowed: 1 to 100"
        )
        #expect(message { _ = try options.bool("batch_size") } == "system.batch_size: 0 is not true or false")
        #expect(message { _ = try options.string("batch_size") } == "system.batch_size: 0 is not a string")
        #expect(
            message { _ = try options.choice("mode", of: ["drop", "wait"]) }
                == "system.mode: \"dorp\" is not one of: drop, wait, did you mean \"drop\"?"
        )
        #expect(message { _ = try options.durationNanoseconds("every") }?.hasPrefix("system.every: \"ten\"") == true)
        #expect(
            message { _ = try options.durationNanoseconds("batch_size") }
                == "system.batch_size: 0 is not a duration; write \"250ms\""
        )
        #expect(message { _ = try options.bytes("mode") } != nil)
        #expect(
            message { try options.finish() }
                == "system.batchsize: there is no such option; did you mean \"batch_size\"?"
        )
        #expect(SystemConfigurationError(message: "x").description == "x")
    }
}

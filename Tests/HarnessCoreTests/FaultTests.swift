import Testing

@testable import HarnessCore

/// The grammar of faults, in both of its forms.
struct FaultTests {
    private func json(_ text: String) throws -> Fault {
        try Fault(StrictJSON.read(text, as: "fault"))
    }

    private func message(_ text: String) -> String {
        do {
            return "accepted: \(try Fault.list(parsing: text).map(\.text))"
        } catch {
            return error.description
        }
    }

    private static let full =
        #"{"kind":"status","status":503,"retry_after":"2s","probability":0.3,"for":"10s","at":"5s","path":"/v1/logs"}"#

    @Test func bothFormsSayTheSame() throws {
        let text = "status=503,retry_after=2s,p=0.3,at=5s,for=10s,path=/v1/logs"
        var expected = Fault(.status(503, FaultRetryAfter(seconds: 2)))
        expected.probability = 0.3
        expected.atNanoseconds = 5_000_000_000
        expected.durationNanoseconds = 10_000_000_000
        expected.path = "/v1/logs"
        #expect(try json(Self.full) == expected)
        #expect(try Fault.list(parsing: text) == [expected])
        #expect(expected.text == text)
    }

    @Test(arguments: [
        ("delay=5ms", Fault.Action.delay(.fixed(5_000_000))),
        ("delay=uniform:1ms..5ms", .delay(.uniform(1_000_000, 5_000_000))),
        ("delay=exponential:5ms", .delay(.exponential(mean: 5_000_000))),
        ("status=429,retry_after=1s,retry_after_form=date", .status(429, FaultRetryAfter(seconds: 1, isDate: true))),
        ("partial=3", .partial(3)), ("close", .close), ("reset", .reset(afterBytes: nil)),
        ("reset=100", .reset(afterBytes: 100)), ("hang", .hang),
        ("slow_read=10KB/s", .slowRead(bytesPerSecond: 10_000)),
        ("drip=20", .drip(bytesPerSecond: 20)), ("garbage", .garbage), ("lost", .lost), ("half_close", .halfClose),
        ("refuse,for=1s", .refuse), ("restart", .restart(downNanoseconds: 100_000_000)),
        ("restart=1s", .restart(downNanoseconds: 1_000_000_000)), ("kind=close", .close),
    ])
    func everyKindIsReadAndWritten(_ text: String, _ action: Fault.Action) throws {
        let fault = try #require(try Fault.list(parsing: text).first)
        #expect(fault.action == action)
        // What is written is read as the same again.
        #expect(try Fault.list(parsing: fault.text) == [fault])
    }

    @Test func everyKindIsTested() {
        // The table above has an entry for each.
        #expect(FaultKind.allCases.count == 13)
    }

    @Test func listsAreReadInAnyForm() throws {
        let reader = try StrictJSON.read(#"{"faults": ["close,next=2;delay=1ms", {"status": 400}]}"#, as: "profile")
        let faults = try Fault.list(reader, "faults")
        #expect(faults.map(\.text) == ["close,next=2", "delay=1ms", "status=400"])
        let single = try StrictJSON.read(#"{"faults": "lost"}"#, as: "profile")
        #expect(try Fault.list(single, "faults").map(\.action) == [.lost])
    }

    @Test(arguments: [
        ("", "empty member"), ("status=503,,p=1", "empty member"), ("stauts=503", "did you mean \"status\"?"),
        ("status=200", "status: 200 is out of range; allowed: 400 to 599"),
        ("status", "write for example \"status\": 503"),
        ("status=503,p=0", "use a number above 0 and at most 1"), ("close,p=1.5", "1.5 is not a chance"),
        ("status=503,retry_after=1500ms", "is not a whole number of seconds"),
        ("status=503,retry_after_form=date", "has no effect without \"retry_after\""),
        ("delay=fast", "is not a delay"), ("delay=2", "2 has no unit; for example \"250ms\""),
        ("delay=uniform:5ms..1ms", "is not a delay"),
        ("close,lost=true", "make two faults of it"), ("close,status=503", "make two faults of it"),
        ("close=3", "has no value of its own"), ("refuse,p=0.5", "concerns all connections"),
        ("restart,for=1s", "say how long it is down"), ("partial=1,path=/v1/metrics", "use /v1/logs or /v1/traces"),
        ("hang,path=logs", "is not the path of a signal"), ("slow_read=0", "is no speed"),
        ("close,next=0", "out of range"),
        ("close,for=0s", "is no time"), ("close,for=48h", "longer than a day"),
        ("close,ofr=1s", "did you mean \"for\"?"),
        ("status=503,status=400", "has two values for \"status\""),
    ])
    func mistakesAreNamedWithTheNextStep(_ text: String, _ part: String) {
        #expect(message(text).contains(part), "\(message(text))")
    }

    @Test func delaysFollowTheirDistributions() {
        // Mean of the uniform distribution (1 + 5) / 2, of the exponential its own; 40,000 equidistant draws.
        let bits = (0..<40_000).map { UInt64($0) &* (UInt64.max / 40_000) &+ UInt64.max / 80_000 }
        let uniform = bits.map { FaultDelay.uniform(1_000_000, 5_000_000).nanoseconds(drawing: $0) }
        #expect(uniform.allSatisfy { (1_000_000...5_000_000).contains($0) })
        #expect(abs(Double(uniform.reduce(0, +)) / 40_000 - 3e6) < 1e4)
        let exponential = bits.map { FaultDelay.exponential(mean: 5_000_000).nanoseconds(drawing: $0) }
        #expect(abs(Double(exponential.reduce(0, +)) / 40_000 - 5e6) < 5e4)
        // A share of 1/e is longer than the mean.
        #expect(abs(Double(exponential.count { $0 > 5_000_000 }) / 40_000 - 0.3679) < 0.01)
    }
}

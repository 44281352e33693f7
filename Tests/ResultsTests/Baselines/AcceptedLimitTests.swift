import HarnessCore
import Testing

@testable import Results

/// Whether limits became looser.
struct AcceptedLimitTests {
    private static let accepted = """
        {"metric": "flush_latency.p95", "budget": "<= 250ms",
         "regression": {"max_relative": "10%", "min_absolute": "1ms"}}
        """

    @Test(
        "A limit that demands less is named with what became of it",
        arguments: [
            (accepted, nil),
            (#"{"metric": "flush_latency.p95", "budget": "< 200ms", "regression": {"max_relative": "5%"}}"#, nil),
            (
                #"{"metric": "flush_latency.p95", "budget": "<= 251ms", "regression": {"max_relative": "10%"}}"#,
                "budget <= 250ms became <= 251ms"
            ),
            (
                #"{"metric": "flush_latency.p95", "budget": ">= 250ms", "regression": {"max_relative": "10%"}}"#,
                "budget <= 250ms became >= 250ms"
            ),
            (#"{"metric": "flush_latency.p95", "regression": {"max_relative": "10%"}}"#, "budget <= 250ms is gone"),
            (#"{"metric": "flush_latency.p95", "budget": "<= 250ms"}"#, "at most 10 % or 1 ms worse is gone"),
            (
                #"{"metric": "flush_latency.p95", "budget": "<= 250ms", "regression": {"max_relative": "12%"}}"#,
                "at most 10 % or 1 ms worse became at most 12 % worse"
            ),
            (
                #"{"metric": "flush_latency.p95", "budget": "<= 250ms", "level": "warn", "on_missing": "ignore", "regression": {"max_relative": "10%"}}"#,
                "level error became warn, on_missing error became ignore"
            ),
            (#"{"metric": "flush_latency.p99", "budget": "<= 250ms"}"#, "is gone"),
            (#"{"metric": "flush_latency.p95", "phase": "main", "budget": "<= 250ms"}"#, "is gone"),
        ] as [(String, String?)]
    )
    func loosening(_ now: String, _ expected: String?) throws {
        let limit = AcceptedLimit(try gate(Self.accepted))
        let found = limit.loosening(in: [try gate(now)])
        #expect(found.map { $0.replacing("1.00 ms", with: "1 ms") } == expected)
    }

    @Test("One gate that demands as much is enough, and what was off cannot become looser")
    func others() throws {
        let limit = AcceptedLimit(try gate(Self.accepted))
        let loose = try gate(#"{"metric": "flush_latency.p95", "budget": "<= 300ms"}"#)
        #expect(limit.loosening(in: [loose, try gate(Self.accepted)]) == nil)
        #expect(limit.loosening(in: [loose])?.hasPrefix("budget <= 250ms became <= 300ms") == true)
        let off = AcceptedLimit(try gate(#"{"metric": "lost", "budget": "== 0", "level": "off"}"#))
        #expect(off.loosening(in: []) == nil)
    }

    @Test(
        "Bounds of other kinds",
        arguments: [
            ("< 5", "<= 5", false), ("<= 5", "< 5", true), ("<= 5", "== 0", true), (">= 5", "> 5", true),
            ("> 5", ">= 5", false), ("> 5", ">= 6", true), ("== 0", "<= 0", false), ("!= 0", "!= 1", false),
        ]
    )
    func bounds(_ before: String, _ after: String, _ isAsTight: Bool) throws {
        let make = { (budget: String) in try gate("{\"metric\": \"lost\", \"budget\": \"\(budget)\"}") }
        #expect((AcceptedLimit(try make(before)).loosening(in: [try make(after)]) == nil) == isAsTight)
    }

    private func gate(_ text: String) throws -> Gate {
        let whole = text.replacing("{\"metric\"", with: "{\"profile\": \"*\", \"metric\"")
        return try ThresholdsFile(parsing: StrictJSON.parse("{\"version\": 1, \"gates\": [\(whole)]}")).gates[0]
    }
}

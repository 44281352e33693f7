import OTLP
import Testing

@testable import Telemetry

/// Logs and errors from the call to the wire.
struct LogTests {
    private struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    @Test func aLogHasItsBodyAndSeverity() throws {
        let client = try SpanClient()
        #expect(client.telemetry.trackLog("the cache is warm", severity: .debug2, ["size": 12]))
        #expect(client.telemetry.trackLog("by default"))
        let records = try client.logRecords()
        #expect(records.map(\.body) == [.string("the cache is warm"), .string("by default")])
        #expect(records.map(\.severityNumber) == [6, 9])
        #expect(records.map(\.severityText) == ["DEBUG2", "INFO"])
        #expect(records.first?.attributes.map(\.value) == [.int(12)])
        #expect(records.allSatisfy { $0.eventName.isEmpty && $0.traceID.isEmpty && $0.timeUnixNano > 0 })
    }

    /// The names of https://opentelemetry.io/docs/specs/otel/logs/data-model/#displaying-severity.
    @Test(arguments: [
        (1, "TRACE"), (4, "TRACE4"), (5, "DEBUG"), (9, "INFO"), (13, "WARN"), (18, "ERROR2"), (24, "FATAL4"),
    ])
    func severitiesHaveTheirNames(number: UInt8, name: String) {
        #expect(Severity(rawValue: number)?.name == name)
    }

    @Test func severitiesAreOneToTwentyFour() {
        #expect(Severity(rawValue: 0) == nil && Severity(rawValue: 25) == nil)
        #expect(Severity.info < .warn)
    }

    @Test func longTextsAreCut() throws {
        let client = try SpanClient()
        client.telemetry.trackLog(String(repeating: "ü", count: 1001))
        client.telemetry.trackError(Failure(description: String(repeating: "é", count: 600)))
        let records = try client.logRecords()
        #expect(records[0].body == .string(String(repeating: "ü", count: 1000)))
        #expect(records[1]["exception.message"] == .string(String(repeating: "é", count: 500)))
    }

    @Test func theLengthsOfTextsAreSettings() throws {
        let client = try SpanClient {
            $0.limits.logBodyLength = 3
            $0.limits.errorMessageLength = 2
        }
        client.telemetry.trackLog("abcd")
        client.telemetry.trackError(Failure(description: "efgh"))
        #expect(throws: Failure.self) {
            try client.telemetry.withSpan("s") { _ in throw Failure(description: "ijkl") }
        }
        let records = try client.logRecords()
        #expect(records[0].body == .string("abc"))
        #expect(records[1]["exception.message"] == .string("ef") && records[1].body == .string("ef"))
        #expect(try client.onlySpan().statusMessage == "ij")
    }

    @Test func negativeLengthsOfTextsAreErrors() {
        #expect(throws: TelemetryConfigurationError.self) {
            try SpanClient { $0.limits.logBodyLength = -1 }
        }
        #expect(throws: TelemetryConfigurationError.self) {
            try SpanClient { $0.limits.errorMessageLength = -1 }
        }
    }

    @Test func anErrorIsAnEventByTheConventions() throws {
        let client = try SpanClient()
        #expect(
            client.telemetry.trackError(Failure(description: "no route"), ["exception.stacktrace": "main", "n": 1])
        )
        let record = try #require(try client.logRecords().first)
        #expect(record.eventName == "exception")
        #expect(record.severityNumber == 17 && record.severityText == "ERROR")
        #expect(record.body == .string("no route"))
        #expect(record["exception.message"] == .string("no route"))
        #expect(record["exception.stacktrace"] == .string("main"))
        #expect(record["n"] == .int(1))
    }

    @Test func attributesBeyondTheLimitAreCounted() throws {
        let client = try SpanClient { $0.limits.attributes = 2 }
        client.telemetry.trackEvent("e", ["a": 1, "b": 2, "c": 3, "d": 4])
        client.telemetry.trackLog("l", ["a": 1, "b": 2, "c": 3])
        let records = try client.logRecords()
        #expect(records.map(\.droppedAttributesCount) == [2, 1])
        #expect(records.map { $0.attributes.map(\.key) } == [["a", "b"], ["a", "b"]])
    }

    @Test func privateDataStaysInTheProcess() throws {
        let client = try SpanClient()
        client.telemetry.trackEvent("e", ["email": "a@example.com", "name": "kept", "user_id": "u-1"])
        client.telemetry.trackLog("mail from a@example.com", ["note": "call a@example.com"])
        client.telemetry.trackError(Failure(description: "cannot mail a@example.com"))
        let records = try client.logRecords()
        #expect(records[0].attributes.map(\.key) == ["name", "user_id_hash"])
        let sent = client.logs.requests.map { String(decoding: $0, as: UTF8.self) }.joined()
        #expect(!sent.contains("@example.com"))
    }

    @Test func aDisabledClientDoesNotEvenBuildWhatToSay() throws {
        let client = try SpanClient { $0.isEnabled = false }
        func fail() -> Attributes {
            Issue.record("evaluated")
            return [:]
        }
        // Outside of `#expect`, which evaluates the arguments of a call itself.
        let results = [
            client.telemetry.trackEvent("e", fail()), client.telemetry.trackLog("l", fail()),
            client.telemetry.trackError(Failure(description: "x"), fail()),
        ]
        #expect(results == [false, false, false])
    }

    @Test func eventTypesAreAttributes() throws {
        let client = try SpanClient()
        client.telemetry.trackEvent("e", [EventType.key: .eventType(.tool)])
        #expect(try client.logRecords().first?["event_type"] == .string("tool"))
    }

    /// Whatever takes a text passes the rules: https://www.rfc-editor.org/rfc/rfc6750 and the like in unlikely places.
    @Test func secretsAreTakenOutOfAllTexts() throws {
        let client = try SpanClient()
        let secret = "https://h/?token=abc"
        let clean = "https://h/?token=[REDACTED]"
        client.telemetry.trackEvent("event", ["note": .string(secret)])
        client.telemetry.trackLog(secret)
        client.telemetry.trackError(Failure(description: secret))
        client.telemetry.withSpan("span", attributes: ["note": "Bearer abc"]) { span in
            span.setAttribute("late", .string(secret))
            span.addEvent("inner", ["note": .string(secret)])
            span.setStatus(.error(secret))
        }
        let records = try client.logRecords()
        #expect(records[0]["note"] == .string(clean))
        #expect(records[1].body == .string(clean))
        #expect(records[2].body == .string(clean) && records[2]["exception.message"] == .string(clean))
        let span = try client.onlySpan()
        #expect(span.statusMessage == clean)
        #expect(span.attributes.map(\.value) == [.string("[REDACTED]"), .string(clean)])
        #expect(span.events.first?.attributes.map(\.value) == [.string(clean)])
    }

    /// A program's author chooses them, and looking at each costs a quarter of an event.
    @Test func namesAreSentAsTheyAre() throws {
        let client = try SpanClient()
        client.telemetry.trackEvent("password=x")
        client.telemetry.withSpan("password=y") { $0.addEvent("password=z") }
        #expect(try client.logRecords().map(\.eventName) == ["password=x"])
        let span = try client.onlySpan()
        #expect(span.name == "password=y" && span.events.map(\.name) == ["password=z"])
    }
}

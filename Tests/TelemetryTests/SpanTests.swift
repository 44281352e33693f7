import OTLP
import Platform
import Testing

@testable import Telemetry

/// Spans from the call to the wire, read back by the decoder, which is tested against an independent implementation.
struct SpanTests {
    private struct Failure: Error, CustomStringConvertible {
        var description = "the card was refused"
    }

    @Test func everyFieldArrives() throws {
        let client = try SpanClient()
        let parent = SpanContext(
            traceID: TraceID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10),
            spanID: SpanID(0x1112_1314_1516_1718),
            isSampled: true,
            isRemote: true
        )
        let before = WallClock.now()
        let span = client.telemetry.startSpan(
            "checkout",
            kind: .server,
            attributes: ["order.id": 7, "ok": true],
            parent: parent,
            links: [SpanLink(parent, attributes: ["why": "retry"])]
        )
        span.addEvent("paid", ["amount": 9.5])
        span.setAttribute("late", "added after the event")
        span.addLink(parent)
        span.setStatus(.error("declined"))
        #expect(span.isRecording)
        #expect(span.end())
        #expect(!span.isRecording)

        let decoded = try client.onlySpan()
        #expect(decoded.traceID == Array(1...16))
        #expect(decoded.parentSpanID == Array(0x11...0x18))
        #expect(hex(decoded.spanID) == span.context.spanID.description)
        #expect(decoded.name == "checkout" && decoded.kind == 2)
        #expect(before <= decoded.startTimeUnixNano && decoded.startTimeUnixNano <= decoded.endTimeUnixNano)
        #expect(decoded.attributes.map(\.key) == ["order.id", "ok", "late"])
        #expect(decoded.attributes.map(\.value) == [.int(7), .bool(true), .string("added after the event")])
        #expect(decoded.events.map(\.name) == ["paid"])
        #expect(decoded.events.first?.attributes.map(\.value) == [.double(9.5)])
        #expect(decoded.links.count == 2)
        #expect(decoded.links.allSatisfy { $0.traceID == decoded.traceID && $0.flags == 0x301 })
        #expect(decoded.links.first?.attributes.map(\.value) == [.string("retry")])
        #expect(decoded.statusCode == 2 && decoded.statusMessage == "declined")
        // Sampled, and the parent is known to be remote.
        #expect(decoded.flags == 0x301)
        #expect(client.telemetry.status.signals[.traces]?.exported == 1)
        #expect(client.telemetry.status.signals[.logs]?.accepted == 0)
    }

    @Test func aRootHasNoParentAndAnIDOfItsOwn() throws {
        let client = try SpanClient()
        let span = client.telemetry.startSpan("root")
        span.end()
        let decoded = try client.onlySpan()
        #expect(span.context.isValid && span.context.isSampled)
        #expect(hex(decoded.traceID) == span.context.traceID.description)
        #expect(decoded.parentSpanID.isEmpty)
        #expect(decoded.kind == 1 && decoded.statusCode == 0 && decoded.flags == 0x101)
    }

    @Test func aSpanEndsOnce() throws {
        let client = try SpanClient()
        let span = client.telemetry.startSpan("once")
        #expect(span.end())
        span.setAttribute("late", 1)
        span.addEvent("late")
        #expect(!span.end())
        #expect(try client.onlySpan().attributes.isEmpty)
    }

    @Test func anAttributeSetTwiceHasItsLastValue() throws {
        let client = try SpanClient()
        let span = client.telemetry.startSpan("s", attributes: ["a": 1, "b": "two", "c": 3])
        span.addEvent("between")
        span.setAttribute("b", 2)
        span.setAttribute("c", .string(String(repeating: "long ", count: 300)))
        span.setAttribute("a", [1, 2])
        span.end()
        let decoded = try client.onlySpan()
        let attributes = Dictionary(uniqueKeysWithValues: decoded.attributes.map { ($0.key, $0.value) })
        #expect(attributes["a"] == .array([.int(1), .int(2)]))
        #expect(attributes["b"] == .int(2))
        #expect(attributes["c"] == .string(String(repeating: "long ", count: 300)))
        #expect(decoded.events.map(\.name) == ["between"])
    }

    @Test func okIsFinal() throws {
        let client = try SpanClient()
        let span = client.telemetry.startSpan("s")
        span.setStatus(.error("first"))
        span.setStatus(.unset)
        span.setStatus(.ok)
        span.setStatus(.error("too late"))
        span.end()
        let decoded = try client.onlySpan()
        #expect(decoded.statusCode == 1 && decoded.statusMessage.isEmpty)
    }

    @Test func whatIsBeyondTheLimitsIsCounted() throws {
        let client = try SpanClient {
            $0.limits.attributes = 3
            $0.limits.events = 2
            $0.limits.links = 1
            $0.limits.attributesPerEvent = 1
            $0.limits.attributesPerLink = 0
            $0.limits.attributeValueLength = 5
        }
        let other = SpanContext(traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), isSampled: false)
        let span = client.telemetry.startSpan("s", attributes: ["a": "12345", "b": "grüße", "c": 1, "d": 2])
        span.setAttribute("e", 3)
        span.setAttribute("a", "replaced")
        for index in 0..<5 { span.addEvent("event \(index)", ["x": 1, "y": 2]) }
        span.addLink(other, ["x": 1])
        span.addLink(other)
        span.end()
        let decoded = try client.onlySpan()
        #expect(decoded.attributes.map(\.key) == ["b", "c", "a"])
        // "grüße" has seven bytes in UTF-8, "grüß" six.
        #expect(decoded.attributes.map(\.value) == [.string("grü"), .int(1), .string("repla")])
        #expect(decoded.droppedAttributesCount == 2)
        #expect(decoded.events.map(\.name) == ["event 0", "event 1"])
        #expect(decoded.events.allSatisfy { $0.attributes.map(\.key) == ["x"] && $0.droppedAttributesCount == 1 })
        #expect(decoded.droppedEventsCount == 3)
        #expect(decoded.links.count == 1 && decoded.links.first?.droppedAttributesCount == 1)
        #expect(decoded.droppedLinksCount == 1)
    }

    @Test func errorsAreRecordedByTheConventions() throws {
        let client = try SpanClient()
        let span = client.telemetry.startSpan("s")
        span.recordError(Failure(), ["exception.stacktrace": "here"])
        span.end()
        let event = try #require(try client.onlySpan().events.first)
        #expect(event.name == "exception")
        let attributes = Dictionary(uniqueKeysWithValues: event.attributes.map { ($0.key, $0.value) })
        #expect(attributes["exception.message"] == .string("the card was refused"))
        #expect(attributes["exception.stacktrace"] == .string("here"))
        guard case .string(let type) = attributes["exception.type"] else {
            Issue.record("an error has a type")
            return
        }
        #expect(type.hasSuffix("Failure"))
    }

    /// The same items in both encodings: what the strict JSON decoder reads is what the protobuf decoder reads.
    @Test func jsonSaysWhatProtobufSays() throws {
        let parent = SpanContext(traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), isSampled: true)
        let attributes: Attributes = [
            "text": "say \"grüße\"\n\u{1}", "int": -1, "big": .integer(.max), "double": 1e300, "flag": false,
            "nan": .double(.nan), "list": ["a", 1, [true]], "empty": [],
        ]
        func record(_ format: ProtocolFormat) throws -> (span: DecodedSpan, log: DecodedLogRecord) {
            let client = try SpanClient {
                $0.protocolFormat = format
                $0.limits.links = 1
            }
            let span = client.telemetry.startSpan("s", kind: .consumer, attributes: attributes, parent: parent)
            span.addEvent("first", attributes)
            span.setAttribute("late", 7)
            span.addLink(parent, attributes)
            span.addLink(parent)
            span.addEvent("second")
            span.setStatus(.error("bad"))
            span.end()
            client.telemetry.trackLog("body", severity: .fatal, attributes)
            #expect(client.telemetry.flush(timeout: .seconds(30)) == .success)
            func request(_ transport: ScriptedTransport, _ signal: OTLPSignal) throws -> [UInt8] {
                let items = try #require(transport.requests.first)
                let envelope =
                    format == .json
                    ? SignalEnvelope(jsonFor: signal, resource: [], scope: []) : SignalEnvelope(resource: [], scope: [])
                let prefix = envelope.prefix(recordBytes: items.count)
                return prefix + items.dropLast(envelope.trimmedItemBytes) + envelope.suffix
            }
            let traces = try request(client.transport, .traces)
            let logs = try request(client.logs, .logs)
            let spans = format == .json ? try DecodedTraces(decodingJSON: traces) : try DecodedTraces(decoding: traces)
            let records = format == .json ? try DecodedLogs(decodingJSON: logs) : try DecodedLogs(decoding: logs)
            return (try #require(spans.items.first), try #require(records.items.first))
        }
        var (json, protobuf) = (try record(.json), try record(.protobuf))
        // What differs from run to run.
        protobuf.span.spanID = json.span.spanID
        protobuf.span.startTimeUnixNano = json.span.startTimeUnixNano
        protobuf.span.endTimeUnixNano = json.span.endTimeUnixNano
        for index in protobuf.span.events.indices {
            protobuf.span.events[index].timeUnixNano = json.span.events[index].timeUnixNano
        }
        protobuf.log.timeUnixNano = json.log.timeUnixNano
        protobuf.log.observedTimeUnixNano = json.log.observedTimeUnixNano
        #expect(json.span == protobuf.span)
        #expect(json.log == protobuf.log)
        #expect(json.span.attributes.count == 9 && json.span.droppedLinksCount == 1)
    }

    // MARK: - Context

    @Test func spansAreParentsOfWhatHappensInside() throws {
        let client = try SpanClient()
        #expect(Telemetry.currentContext == nil)
        let (outer, inner) = client.telemetry.withSpan("outer") { outer in
            #expect(Telemetry.currentContext == outer.context)
            let inner = client.telemetry.withSpan("inner", kind: .client) { $0.context }
            client.telemetry.trackLog("inside", severity: .warn)
            return (outer.context, inner)
        }
        #expect(Telemetry.currentContext == nil)
        let spans = try client.spans()
        #expect(spans.map(\.name) == ["inner", "outer"])
        #expect(inner.traceID == outer.traceID)
        #expect(hex(spans[0].parentSpanID) == outer.spanID.description)
        let record = try #require(try client.logRecords().first)
        #expect(hex(record.traceID) == outer.traceID.description)
        #expect(hex(record.spanID) == outer.spanID.description)
        #expect(record.flags == 1)
    }

    @Test func childTasksInheritTheSpan() async throws {
        let client = try SpanClient()
        let outer = await client.telemetry.withSpan("outer") { outer in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        await client.telemetry.withSpan("inner") { _ in await Task.yield() }
                    }
                }
            }
            return outer.context
        }
        let spans = try client.spans()
        #expect(spans.count == 5)
        #expect(spans.filter { hex($0.parentSpanID) == outer.spanID.description }.count == 4)
        #expect(Set(spans.map(\.traceID)).count == 1)
        #expect(Set(spans.map(\.spanID)).count == 5)
    }

    @Test func anErrorIsRecordedAndRethrown() async throws {
        let client = try SpanClient()
        #expect(throws: Failure.self) { try client.telemetry.withSpan("sync") { _ in throw Failure() } }
        await #expect(throws: Failure.self) {
            try await client.telemetry.withSpan("async") { _ in
                await Task.yield()
                throw Failure()
            }
        }
        let spans = try client.spans()
        #expect(spans.map(\.name) == ["sync", "async"])
        for span in spans {
            #expect(span.statusCode == 2 && span.statusMessage == "the card was refused")
            #expect(span.events.map(\.name) == ["exception"])
        }
    }

    @Test func aDisabledClientGivesSpansThatKeepNothing() throws {
        let client = try SpanClient { $0.isEnabled = false }
        var evaluated = 0
        func attributes() -> Attributes {
            evaluated += 1
            return [:]
        }
        let result = client.telemetry.withSpan("s", attributes: attributes()) { span in
            span.setAttribute("a", 1)
            #expect(!span.isRecording && !span.context.isValid)
            #expect(!span.end())
            return 5
        }
        #expect(result == 5 && evaluated == 0)
        #expect(client.transport.requests.isEmpty)
    }

    @Test func manyThreadsEndSpansOfTheirOwn() throws {
        let client = try SpanClient { $0.overflow = .wait }
        let shared = client.telemetry.startSpan("shared")
        let threads = try (0..<4).map { thread in
            try PlatformThread.start(name: "caller") {
                for index in 0..<500 {
                    shared.setAttribute("key.\(thread)", .integer(Int64(index)))
                    client.telemetry.startSpan("own", parent: shared.context).end()
                }
            }
        }
        for thread in threads { thread.join() }
        shared.end()
        let spans = try client.spans()
        #expect(spans.count == 2001)
        #expect(Set(spans.map(\.spanID)).count == 2001)
        #expect(spans.last?.attributes.count == 4)
        #expect(spans.last?.attributes.allSatisfy { $0.value == .int(499) } == true)
    }

    @Test func privateDataStaysInTheProcess() throws {
        let client = try SpanClient()
        let span = client.telemetry.startSpan(
            "s",
            attributes: ["password": "hunter2", "note": "write to a@example.com"]
        )
        span.setAttribute("contact", "b@example.com")
        span.addEvent("e", ["token": "abc", "safe_key": "kept"])
        span.setStatus(.error("no mail from c@example.com"))
        span.end()
        let decoded = try client.onlySpan()
        #expect(!decoded.attributes.map(\.key).contains("password"))
        #expect(decoded.events.first?.attributes.map(\.key) == ["safe_key"])
        let request = try #require(client.transport.requests.first)
        #expect(!String(decoding: request, as: UTF8.self).contains("@example.com"))
    }
}

/// A client with a scripted backend, and what arrived there.
struct SpanClient {
    let transport = ScriptedTransport()
    let logs = ScriptedTransport()
    let telemetry: Telemetry

    init(_ change: (inout TelemetryConfiguration) -> Void = { _ in }) throws {
        let resolved = try testConfiguration(change).resolved(with: .fixed())
        let (traces, logs) = (transport, logs)
        telemetry = try Telemetry(configuration: resolved) { $0 == .traces ? traces : logs }
    }

    /// The spans that arrived, by request.
    func spans() throws -> [DecodedSpan] {
        #expect(telemetry.flush(timeout: .seconds(30)) == .success)
        let envelope = SignalEnvelope(resource: [], scope: [])
        return try transport.requests.flatMap { records in
            try DecodedTraces(decoding: envelope.prefix(recordBytes: records.count) + records).items
        }
    }

    /// The one span that arrived.
    func onlySpan() throws -> DecodedSpan {
        let spans = try spans()
        return try #require(spans.count == 1 ? spans.first : nil)
    }

    /// The log records that arrived.
    func logRecords() throws -> [DecodedLogRecord] {
        #expect(telemetry.flush(timeout: .seconds(30)) == .success)
        let envelope = SignalEnvelope(resource: [], scope: [])
        return try logs.requests.flatMap { records in
            try DecodedLogs(decoding: envelope.prefix(recordBytes: records.count) + records).items
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

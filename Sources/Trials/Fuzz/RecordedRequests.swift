import CollectorSink
import HTTP
import OTLP
import Platform
import Telemetry

/// Requests of every signal in both encodings, as our SDK sends them, caught by a server of this process.
enum RecordedRequests {
    /// What the server caught.
    private final class Catch: Sendable {
        let seeds = Guarded<[RequestSeed]>([])
    }

    /// Keeps bodies, and accepts everything.
    private final class Catcher: HTTPConnectionHandler {
        private let caught: Catch

        init(_ caught: Catch) {
            self.caught = caught
        }

        func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
            let isJSON = head.headers.hasMediaType(OTLPHTTP.jsonContentType)
            if let signal = OTLPSignal.allCases.first(where: { $0.path == head.path }) {
                caught.seeds.withLock { $0.append(.init(signal: signal, isJSON: isJSON, body: Array(body))) }
            }
            return HTTPResponse(status: 200)
        }
    }

    /// Lets the SDK send a few of everything.
    ///
    /// Throws what keeps server or SDK from starting.
    static func make() throws -> [RequestSeed] {
        let caught = Catch()
        var listening = HTTPServerConfiguration()
        listening.port = 0
        let server = HTTPServer(configuration: listening) { Catcher(caught) }
        try server.start()
        defer { server.stop(deadline: MonotonicClock.deadline(after: 5_000_000_000)) }
        for format in [ProtocolFormat.protobuf, .json] {
            var configuration = TelemetryConfiguration(projectName: "fuzz")
            configuration.isEnabled = true
            configuration.protocolFormat = format
            configuration.compression = ExportCompression.none
            configuration.endpoint = "http://127.0.0.1:\(server.port)"
            configuration.resourceAttributes = ["bench.run_id": "fuzz"]
            let telemetry = try Telemetry(configuration: configuration)
            for count in [1, 1, 3, 40] {
                for number in 0..<count { record(number, with: telemetry) }
                telemetry.flush(timeout: .seconds(10))
            }
            telemetry.shutdown(timeout: .seconds(10))
        }
        return caught.seeds.withLock { $0 }
    }

    private struct Trouble: Error {}

    private static func record(_ number: Int, with telemetry: Telemetry) {
        let id = AttributeValue.integer(ItemID(producer: 3, sequence: Int64(number)).rawValue)
        telemetry.trackEvent(
            "order.created",
            ["bench.id": id, "paid": true, "price": 9.75, "to": "Zoë\n\"x\"\u{1F600}"]
        )
        telemetry.trackLog("order \(number) is on its way", severity: .warn, ["bench.id": id])
        telemetry.trackError(Trouble(), ["bench.id": id])
        telemetry.withSpan("checkout", kind: .server, attributes: ["bench.id": id]) { span in
            span.addEvent("paid", ["amount": 3])
            span.setStatus(.error("no"))
            telemetry.startSpan("inner", kind: .client).end()
        }
        telemetry.makeCounter("orders", unit: "{order}").add(1, ["paid": true])
        telemetry.makeUpDownCounter("open").add(-1)
        telemetry.makeGauge("load").record(0.5)
        telemetry.makeHistogram("time", unit: "ms").record(Double(number) * 3.25)
    }
}

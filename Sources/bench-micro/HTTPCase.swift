import HTTP
import HarnessCore
import Measurement
import Platform
import Synchronization

extension MicroCase {
    /// POST of 64 KiB over loopback, against a bare socket round trip of the same bytes.
    static let http = MicroCase(
        name: "http",
        overview: "Round trip of an HTTP POST of 64 KiB on loopback, against a bare socket's of the same bytes."
    ) { options in
        try HTTPMeasurement(options: options).report()
    }
}

/// Measures what HTTP adds to a round trip.
///
/// Both round trips carry the same bytes, head included, in both directions, over a kept connection to a thread of this
/// process. They alternate, so that whatever else the machine does meets both alike. Waking a thread on another processor
/// takes longer than everything else in a round trip, so threads are pinned, and both placements are measured.
private struct HTTPMeasurement {
    let options: MicroOptions

    /// Where the two ends of a connection run.
    private struct Placement: Sendable {
        var name: String
        var client: Processor
        var server: Processor

        /// Both ends on one processor and, if there are two, each on its own.
        static func all() throws -> [Placement] {
            let processors = Processor.usable()
            guard let first = processors.first else { throw MicroError("the kernel names no processor") }
            let same = Placement(name: "one processor", client: first, server: first)
            guard processors.count > 1 else { return [same] }
            return [same, Placement(name: "two processors", client: first, server: processors[1])]
        }
    }

    private static let bodyBytes = 64 << 10
    private static let patience: UInt64 = 10_000_000_000

    /// The percentiles of one run, in nanoseconds.
    private struct Run {
        var bare: HistogramSnapshot
        var http: HistogramSnapshot

        func figure(_ which: KeyPath<Run, HistogramSnapshot>, _ percentile: Double) -> Double {
            Double(self[keyPath: which].value(atPercentile: percentile) ?? 0)
        }

        func ratio(_ percentile: Double) -> Double {
            figure(\.http, percentile) / figure(\.bare, percentile)
        }
    }

    func report() throws -> String {
        var times = FigureTable(title: "round trip") { Quantity.format(durationNanoseconds: $0) }
        var ratios = FigureTable(title: "HTTP / bare") { Quantity.format(number: $0, decimals: 3) }
        var count: UInt64 = 0
        let body = [UInt8](repeating: 0x55, count: Self.bodyBytes)
        for placement in try Placement.all() {
            let runs = try measure(placement, body)
            for (name, percentile) in [("p50", 50.0), ("p99", 99.0)] {
                let row = "\(name), \(placement.name)"
                times.add("bare socket, \(row)", RunFigures(runs.map { $0.figure(\.bare, percentile) }))
                times.add("HTTP, \(row)", RunFigures(runs.map { $0.figure(\.http, percentile) }))
                ratios.add(row, RunFigures(runs.map { $0.ratio(percentile) }))
            }
            count += runs.reduce(0) { $0 + $1.http.totalCount }
        }
        let seconds = Double(options.runNanoseconds) / 1e9
        return """
            POST of \(Self.bodyBytes / 1024) KiB on loopback, the same bytes over a bare socket, \
            \(Quantity.format(count: count)) of each in turn;
            \(options.runs) runs of \(seconds) s for each placement, after a warm-up of 0.2 s.

            \(times.text)

            \(ratios.text)
            """
    }

    private func measure(_ placement: Placement, _ body: [UInt8]) throws -> [Run] {
        let server = HTTPServer { AcceptingHandler(processor: placement.server) }
        try server.start()
        defer { server.stop(deadline: MonotonicClock.deadline(after: Self.patience)) }
        let endpoint = try HTTPEndpoint(parsing: "http://127.0.0.1:\(server.port)")
        let wire = try record(server, body)
        let deadline = MonotonicClock.deadline(after: Self.patience + options.runNanoseconds * UInt64(options.runs + 1))
        let bare = try BareServer.answering(wire, on: placement.server, deadline: deadline)
        let socket = try TCPSocket.connect(host: "127.0.0.1", port: bare.port, deadline: deadline)
        defer {
            socket.shutdown()
            bare.join()
        }
        let client = HTTPClient(endpoint: endpoint)
        try placement.client.pinCurrentThread()
        _ = try run(client, socket, wire, body, nanoseconds: 200_000_000)
        return try (0..<options.runs).map { _ in
            try run(client, socket, wire, body, nanoseconds: options.runNanoseconds)
        }
    }

    private func run(
        _ client: HTTPClient,
        _ socket: TCPSocket,
        _ wire: WireBytes,
        _ body: [UInt8],
        nanoseconds: UInt64
    ) throws -> Run {
        let bare = Histogram()
        let http = Histogram()
        let end = MonotonicClock.deadline(after: nanoseconds)
        var answer = [UInt8](repeating: 0, count: wire.response.count)
        while true {
            let start = MonotonicClock.now()
            if start >= end { break }
            try socket.write(wire.request, deadline: start + Self.patience)
            guard try socket.fill(&answer, deadline: start + Self.patience) else {
                throw MicroError("the bare connection ended early")
            }
            let middle = MonotonicClock.now()
            let response = try post(body, client)
            http.record(MonotonicClock.now() - middle)
            bare.record(middle - start)
            guard response.status == 200 else { throw MicroError("the server answered \(response.status)") }
        }
        return Run(bare: bare.snapshot(), http: http.snapshot())
    }

    private func post(_ body: [UInt8], _ client: HTTPClient) throws -> HTTPResponse {
        try body.withUnsafeBytes { buffer in
            try client.send(
                method: "POST",
                path: "/v1/logs",
                headers: ["Content-Type": "application/x-protobuf"],
                body: [buffer]
            )
        }
    }

    /// Records what the client sends for a POST, and what the server answers to just those bytes.
    private func record(_ server: HTTPServer, _ body: [UInt8]) throws -> WireBytes {
        let deadline = MonotonicClock.deadline(after: Self.patience)
        let recorded = Mutex<[UInt8]?>(nil)
        let recorder = try BareServer(deadline: deadline) { (socket) throws(SystemError) in
            let request = try socket.readMessage(bodyBytes: body.count, deadline: deadline)
            recorded.withLock { $0 = request }
            try socket.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8), deadline: deadline)
        }
        let client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: recorder.port))
        _ = try post(body, client)
        client.close()
        recorder.join()
        guard let request = recorded.withLock({ $0 }) else { throw MicroError("the client sent no whole request") }
        let socket = try TCPSocket.connect(host: "127.0.0.1", port: server.port, deadline: deadline)
        try socket.write(request, deadline: deadline)
        guard let response = try socket.readMessage(bodyBytes: 0, deadline: deadline) else {
            throw MicroError("the server closed the connection without an answer")
        }
        return WireBytes(request: request, response: response)
    }
}

/// Accepts everything, on one processor.
private final class AcceptingHandler: HTTPConnectionHandler {
    private let processor: Processor
    private var isPinned = false

    init(processor: Processor) {
        self.processor = processor
    }

    func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        if !isPinned {
            do {
                try processor.pinCurrentThread()
                isPinned = true
            } catch {
                return HTTPResponse(status: 500, text: "\(error)")
            }
        }
        return HTTPResponse(status: 200)
    }
}

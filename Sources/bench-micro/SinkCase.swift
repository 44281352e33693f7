import CollectorSink
import HTTP
import OTLP
import Platform

extension MicroCase {
    /// Decode and ledger of prepared bodies on one thread, and behind the sink's server.
    static let sink = MicroCase(
        name: "sink",
        overview: "Events a second that one core of the sink takes, from prepared request bodies."
    ) { options in
        try SinkMeasurement(options: options).report()
    }
}

/// Measures the receiver's work for a request, without the network and with it.
///
/// One body lies in the cache, as after a read from a socket, and gets new ids before every pass; the pass alone is
/// timed, with the thread's CPU clock, so that the figure is one core's. Every run has a ledger of its own, and ends with
/// the proof that each event was counted once.
private struct SinkMeasurement {
    let options: MicroOptions

    private struct Workload {
        var name: String
        var body: LogsBody
    }

    func report() throws -> String {
        let workloads = [
            Workload(name: "1 integer attribute", body: LogsBody(events: 512)),
            Workload(name: "the same, 10 producers in turn", body: LogsBody(events: 512, producers: 10)),
            Workload(name: "the same + 10 strings 20/20", body: LogsBody(events: 512, stringAttributes: 10)),
        ]
        var table = FigureTable(title: "events/s")
        for workload in workloads {
            var body = workload.body
            let size = body.bytes.count / body.events
            table.add("decode, \(workload.name) (\(size) B)", try figures { run in try decode(&body, run: run) })
            table.add("decode + ledger, \(workload.name)", try figures { run in try enter(&body, run: run) })
        }
        var body = workloads[0].body
        table.add("server + decode + ledger, \(workloads[0].name)", try figures { run in try post(&body, run: run) })
        let seconds = Double(options.runNanoseconds) / 1e9
        return """
            Bodies of 512 events, CPU time of the receiving thread; \(options.runs) runs of \(seconds) s after a warm-up \
            of 0.1 s.

            \(table.text)
            """
    }

    private func figures(_ measure: (UInt64) throws -> Double) throws -> RunFigures {
        _ = try measure(100_000_000)
        return RunFigures(try (0..<options.runs).map { _ in try measure(options.runNanoseconds) })
    }

    /// Passes until `nanoseconds` of CPU time are used; events per second.
    private func rate(_ body: inout LogsBody, run nanoseconds: UInt64, pass: (LogsBody) throws -> Void) throws -> Double
    {
        var request: UInt64 = 0
        var used: UInt64 = 0
        while used < nanoseconds {
            body.renumber(request: request)
            request += 1
            let start = CPUClock.thread()
            try pass(body)
            used += CPUClock.thread() - start
        }
        return Double(request) * Double(body.events) / Double(used) * 1e9
    }

    private func decode(_ body: inout LogsBody, run: UInt64) throws -> Double {
        var visitor = IDSum()
        var requests: UInt64 = 0
        let rate = try rate(&body, run: run) { body in
            try body.bytes.withUnsafeBytes { try OTLPLogsDecoder.decode($0, into: &visitor) }
            requests += 1
        }
        guard visitor.ids == requests * UInt64(body.events), visitor.sum != 0 else {
            throw MicroError("\(requests) requests were decoded, but only \(visitor.ids) ids found")
        }
        return rate
    }

    /// Posts to a sink of this process over one kept-alive connection, for `nanoseconds` by the wall clock.
    ///
    /// The sink's CPU time is that of the process without the sending thread's: reading from the socket included.
    private func post(_ body: inout LogsBody, run nanoseconds: UInt64) throws -> Double {
        let sink = SinkServer()
        try sink.start()
        defer { sink.stop(deadline: MonotonicClock.deadline(after: 10_000_000_000)) }
        let client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: sink.port))
        let end = MonotonicClock.deadline(after: nanoseconds)
        let start = (process: CPUClock.process(), sender: CPUClock.thread())
        var requests: UInt64 = 0
        while MonotonicClock.now() < end {
            body.renumber(request: requests)
            let response = try body.bytes.withUnsafeBytes {
                try client.send(
                    method: "POST",
                    path: OTLPHTTP.logsPath,
                    headers: ["Content-Type": OTLPHTTP.protobufContentType],
                    body: [$0]
                )
            }
            guard response.status == 200 else { throw MicroError("the sink answered \(response.status)") }
            requests += 1
        }
        let used = (CPUClock.process() - start.process) - (CPUClock.thread() - start.sender)
        let events = requests * UInt64(body.events)
        try check(sink.ledger, events: events)
        return Double(events) / Double(used) * 1e9
    }

    private func enter(_ body: inout LogsBody, run: UInt64) throws -> Double {
        let ledger = DeliveryLedger()
        var intake = LogsIntake(ledger: ledger)
        var requests: UInt64 = 0
        let events = UInt64(body.events)
        let rate = try rate(&body, run: run) { body in
            try body.bytes.withUnsafeBytes { try intake.receive($0) }
            requests += 1
        }
        try check(ledger, events: requests * events)
        return rate
    }

    /// Proves that each event that was sent is in the ledger, once.
    private func check(_ ledger: DeliveryLedger, events: UInt64) throws {
        let account = ledger.report(run: "micro")
        guard account.distinct == events, account.items == events else {
            throw MicroError("of \(events) events the ledger has \(account.distinct), of \(account.items) arrivals")
        }
    }
}

/// A visitor that does the least that keeps the decoder from being optimised away.
private struct IDSum: OTLPLogsVisitor {
    var ids: UInt64 = 0
    var sum: Int64 = 0

    mutating func resource(_ resource: ResourceView) {}
    mutating func scope(_ scope: ScopeView) {}
    mutating func logRecord(_ record: borrowing LogRecordView) {
        guard let id = record.attributes.int(forKey: "bench.id") else { return }
        ids += 1
        // Wrapping: only that the values are used matters.
        sum &+= id
        sum &+= Int64(truncatingIfNeeded: record.timeUnixNano)
    }
}

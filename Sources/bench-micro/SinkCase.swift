import CollectorSink
import HTTP
import HarnessCore
import OTLP
import Platform

extension MicroCase {
    /// Decode and ledger of prepared bodies on one thread, and behind the sink's server.
    static let sink = MicroCase(
        name: "sink",
        overview: "Events and spans a second that one core of the sink takes, from prepared request bodies."
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
        var body: ItemsBody
    }

    func report() throws -> String {
        let workloads = [
            Workload(name: "1 integer attribute", body: ItemsBody(count: 512)),
            Workload(name: "the same, 10 producers in turn", body: ItemsBody(count: 512, producers: 10)),
            Workload(name: "the same + 10 strings 20/20", body: ItemsBody(count: 512, stringAttributes: 10)),
            Workload(name: "spans, 1 integer attribute", body: ItemsBody(.span, count: 512)),
            Workload(
                name: "spans, the same + 10 strings 20/20",
                body: ItemsBody(.span, count: 512, stringAttributes: 10)
            ),
        ]
        var table = FigureTable(title: "items/s")
        for workload in workloads {
            var body = workload.body
            let size = body.bytes.count / body.count
            table.add("decode, \(workload.name) (\(size) B)", try figures { run in try decode(&body, run: run) })
            table.add("decode + ledger, \(workload.name)", try figures { run in try enter(&body, run: run) })
        }
        var checks = FigureTable(title: "items/s")
        var ratios: [String] = []
        for workload in [workloads[0], workloads[2], workloads[4]] {
            try compare(workload.name, workload.body, &checks, &ratios, measure: enter)
        }
        try compare("server, \(workloads[2].name)", workloads[2].body, &checks, &ratios, measure: post)
        var body = workloads[0].body
        table.add("server + decode + ledger, \(workloads[0].name)", try figures { run in try post(&body, run: run) })
        for (name, strings) in [("1 integer attribute", 0), ("the same + 10 strings 20/20", 10)] {
            var json = JSONBody(count: 512, stringAttributes: strings)
            let size = json.bytes.count / json.count
            table.add("JSON + decode + ledger, \(name) (\(size) B)", try figures { run in try enter(&json, run: run) })
        }
        let seconds = Double(options.runNanoseconds) / 1e9
        return """
            Bodies of 512 items, CPU time of the receiving thread; \(options.runs) runs of \(seconds) s after a warm-up \
            of 0.1 s.

            \(table.text)

            Decode + ledger with and without the checks of OTLP's rules, in turn; the best runs compared.

            \(checks.text)
            \(ratios.joined(separator: "\n"))
            """
    }

    /// Runs with and without checks in turn, so that the machine's drift strikes both.
    private func compare(
        _ name: String,
        _ body: ItemsBody,
        _ table: inout FigureTable,
        _ ratios: inout [String],
        measure: (_ body: inout ItemsBody, _ run: UInt64, _ isChecking: Bool) throws -> Double
    ) throws {
        var body = body
        var checked: [Double] = []
        var unchecked: [Double] = []
        _ = try measure(&body, 100_000_000, true)
        for _ in 0..<options.runs {
            checked.append(try measure(&body, options.runNanoseconds, true))
            unchecked.append(try measure(&body, options.runNanoseconds, false))
        }
        let (with, without) = (RunFigures(checked), RunFigures(unchecked))
        table.add("checked, \(name)", with)
        table.add("without checks, \(name)", without)
        let percent = Quantity.format(number: with.maximum / without.maximum * 100, decimals: 1)
        ratios.append("\(name): checked runs at \(percent) % of the throughput without checks")
    }

    private func figures(_ measure: (UInt64) throws -> Double) throws -> RunFigures {
        _ = try measure(100_000_000)
        return RunFigures(try (0..<options.runs).map { _ in try measure(options.runNanoseconds) })
    }

    /// Passes until `nanoseconds` of CPU time are used; items per second.
    private func rate(
        _ body: inout ItemsBody,
        run nanoseconds: UInt64,
        pass: (ItemsBody) throws -> Void
    ) throws -> Double {
        var request: UInt64 = 0
        var used: UInt64 = 0
        while used < nanoseconds {
            body.renumber(request: request)
            request += 1
            let start = CPUClock.thread()
            try pass(body)
            used += CPUClock.thread() - start
        }
        return Double(request) * Double(body.count) / Double(used) * 1e9
    }

    private func decode(_ body: inout ItemsBody, run: UInt64) throws -> Double {
        var records = RecordSum()
        var spans = SpanSum()
        var requests: UInt64 = 0
        let rate = try rate(&body, run: run) { body in
            try body.bytes.withUnsafeBytes { bytes in
                switch body.item {
                case .event: try OTLPDecoder.decode(bytes, into: &records)
                case .span: try OTLPDecoder.decode(bytes, into: &spans)
                }
            }
            requests += 1
        }
        let sum = body.item == .span ? spans.sum : records.sum
        guard sum.ids == requests * UInt64(body.count), sum.value != 0 else {
            throw MicroError("\(requests) requests were decoded, but only \(sum.ids) ids found")
        }
        return rate
    }

    /// Posts to a sink of this process over one kept-alive connection, for `nanoseconds` by the wall clock.
    ///
    /// The sink's CPU time is that of the process without the sending thread's: reading from the socket included.
    private func post(_ body: inout ItemsBody, run nanoseconds: UInt64, isChecking: Bool = true) throws -> Double {
        let sink = SinkServer(isChecking: isChecking)
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
        let events = requests * UInt64(body.count)
        try check(sink.ledger, events: events)
        return Double(events) / Double(used) * 1e9
    }

    private func enter(_ body: inout ItemsBody, run: UInt64, isChecking: Bool = true) throws -> Double {
        let ledger = DeliveryLedger()
        var intake = Intake(ledger: ledger, isChecking: isChecking)
        var requests: UInt64 = 0
        let events = UInt64(body.count)
        let rate = try rate(&body, run: run) { body in
            try body.bytes.withUnsafeBytes { try intake.receive($0, of: body.item.signal) }
            requests += 1
        }
        try check(ledger, events: requests * events)
        return rate
    }

    /// The same for JSON: into protobuf first.
    private func enter(_ body: inout JSONBody, run nanoseconds: UInt64) throws -> Double {
        let ledger = DeliveryLedger()
        var intake = Intake(ledger: ledger)
        var transcoder = OTLPJSONTranscoder()
        var requests: UInt64 = 0
        var used: UInt64 = 0
        while used < nanoseconds {
            body.renumber(request: requests)
            requests += 1
            let start = CPUClock.thread()
            try body.bytes.withUnsafeBytes { json in
                let error = try transcoder.transcode(json, of: .logs) { protobuf -> OTLPDecodingError? in
                    do throws(OTLPDecodingError) {
                        try intake.receive(protobuf, of: .logs, sentBytes: json.count)
                        return nil
                    } catch {
                        return error
                    }
                }
                if let error { throw error }
            }
            used += CPUClock.thread() - start
        }
        try check(ledger, events: requests * UInt64(body.count))
        return Double(requests) * Double(body.count) / Double(used) * 1e9
    }

    /// Proves that each item that was sent is in the ledger, once.
    private func check(_ ledger: DeliveryLedger, events: UInt64) throws {
        let account = ledger.report(run: "micro")
        guard account.distinct == events, account.items == events else {
            throw MicroError("of \(events) events the ledger has \(account.distinct), of \(account.items) arrivals")
        }
        // A body that breaks the rules would measure the counting of violations.
        if let violation = account.wireViolations.first { throw MicroError(violation.description) }
    }
}

/// The least that keeps the decoder from being optimised away.
private struct IDSum {
    var ids: UInt64 = 0
    var value: Int64 = 0

    mutating func add(_ attributes: AttributeList, time: UInt64) {
        guard let id = attributes.int(forKey: "bench.id") else { return }
        ids += 1
        // Wrapping: only that the values are used matters.
        value &+= id
        value &+= Int64(truncatingIfNeeded: time)
    }
}

/// Adds up log records.
private struct RecordSum: OTLPLogsVisitor {
    var sum = IDSum()

    mutating func resource(_ resource: ResourceView) {}
    mutating func scope(_ scope: ScopeView) {}
    mutating func logRecord(_ record: borrowing LogRecordView) {
        sum.add(record.attributes, time: record.timeUnixNano)
    }
}

/// Adds up spans.
private struct SpanSum: OTLPTracesVisitor {
    var sum = IDSum()

    mutating func resource(_ resource: ResourceView) {}
    mutating func scope(_ scope: ScopeView) {}
    mutating func span(_ span: borrowing SpanView) {
        sum.add(span.attributes, time: span.endTimeUnixNano)
    }
}

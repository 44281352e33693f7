import HarnessCore
import Platform
import Telemetry

extension MicroCase {
    /// Calls of the SDK on one thread, up to the queue.
    static let record = MicroCase(
        name: "record",
        overview: "Nanoseconds that a call takes to record an event, a log or a span, up to the queue."
    ) { options in
        try RecordMeasurement(options: options).report()
    }
}

/// Measures what a caller pays for one item, the making of its attributes and the readings of the clock included.
///
/// Items are recorded in blocks; between blocks, outside the measured time, a flush hands them to a transport that accepts
/// at once, so that every block finds an empty queue and warm memory. Every figure is checked: as many items as calls
/// must have been acknowledged.
private struct RecordMeasurement {
    /// What is measured, and with which client.
    private struct Row {
        var name: String
        var isEnabled = true
        var isPrivate = true
        var sampler: Sampler?
        var format = ProtocolFormat.protobuf
        /// Whether each call is an item that arrives; else none is.
        var delivers = true
        /// Tells whether the call went as it should.
        var call: (Telemetry, Int) -> Bool
    }

    let options: MicroOptions
    /// Calls between two flushes.
    private let block = 4096
    /// Calls over which memory is watched.
    private let watchedCalls = 10_000_000

    init(options: MicroOptions) {
        self.options = options
    }

    func report() throws -> String {
        var times = FigureTable(title: "ns/call") { Quantity.format(number: $0, decimals: 1) }
        let (keys, values) = (RecordCalls.keys, RecordCalls.values)
        addLoop("clock reading, wall", to: &times) { _ in WallClock.now() }
        addLoop("making 10 attributes of 20 + 20", to: &times) { _ in
            isUsed(RecordCalls.ten(keys, values)) ? 1 : 0
        }
        addLoop("making 10 literal attributes of 20 + 20", to: &times) { _ in
            isUsed(RecordCalls.tenLiterals()) ? 1 : 0
        }
        for row in rows where options.includes(row.name) { try add(row, to: &times) }

        var memory = TextTable([
            .init("in \(Quantity.format(count: UInt64(watchedCalls))) calls"), .init("heap grew", .right),
            .init("minor faults", .right),
        ])
        for row in watchedRows where options.includes(row.name) { memory.append(try watched(row)) }
        let seconds = Double(options.runNanoseconds) / 1e9
        return """
            Calls on one thread in blocks of \(block), each flushed outside the measured time; \(options.runs) runs of \
            \(seconds) s after a warm-up.

            \(times.text)

            \(memory.lines().joined(separator: "\n"))
            """
    }

    private var rows: [Row] {
        let (keys, values) = (RecordCalls.keys, RecordCalls.values)
        let eventWithTen = { RecordCalls.eventWithTen(keys, values, $0) && $1 >= 0 }
        let spanWithTen = { RecordCalls.spanWithTen(keys, values, $0) && $1 >= 0 }
        func isRefused(_ call: @escaping (Telemetry, Int) -> Bool) -> (Telemetry, Int) -> Bool {
            { !call($0, $1) }
        }
        return [
            Row(name: "event, no attributes", call: RecordCalls.event),
            Row(name: "event, 1 attribute", call: RecordCalls.eventWithOne),
            Row(name: "event, 1 attribute, privacy off", isPrivate: false, call: RecordCalls.eventWithOne),
            Row(name: "event, 10 attributes of 20 + 20", call: eventWithTen),
            Row(name: "event, 1 attribute, JSON", format: .json, call: RecordCalls.eventWithOne),
            Row(name: "log, 1 attribute", call: RecordCalls.logWithOne),
            Row(name: "span, 1 attribute", call: RecordCalls.spanWithOne),
            Row(name: "span, 1 attribute, privacy off", isPrivate: false, call: RecordCalls.spanWithOne),
            Row(name: "span, 10 attributes of 20 + 20", call: spanWithTen),
            Row(name: "span, 10 attributes of 20 + 20, privacy off", isPrivate: false, call: spanWithTen),
            Row(name: "span, 10 literal attributes of 20 + 20", call: RecordCalls.spanWithTenLiterals),
            Row(name: "span, 10 attributes of 20 + 20, JSON", format: .json, call: spanWithTen),
            Row(name: "span with event and status, 1 attribute", call: RecordCalls.spanWithEvent),
            Row(name: "withSpan, 1 attribute", call: RecordCalls.withSpan),
            Row(
                name: "span, not sampled",
                sampler: .alwaysOff,
                delivers: false,
                call: isRefused(RecordCalls.spanWithOne)
            ),
            Row(
                name: "event, 1 attribute, disabled",
                isEnabled: false,
                delivers: false,
                call: isRefused(RecordCalls.eventWithOne)
            ),
            Row(
                name: "span, 1 attribute, disabled",
                isEnabled: false,
                delivers: false,
                call: isRefused(RecordCalls.spanWithOne)
            ),
            Row(
                name: "metric, 1 attribute, disabled",
                isEnabled: false,
                delivers: false,
                call: isRefused(RecordCalls.metricWithOne)
            ),
        ]
    }

    private var watchedRows: [Row] {
        [
            Row(name: "event, 1 attribute", call: RecordCalls.eventWithOne),
            Row(name: "log, 1 attribute", call: RecordCalls.logWithOne),
            Row(name: "span, 1 attribute", call: RecordCalls.spanWithOne),
            Row(name: "metric, 1 attribute", delivers: false, call: RecordCalls.metricWithOne),
        ]
    }

    private func add(_ row: Row, to table: inout FigureTable) throws {
        let client = try Client(row, block: block)
        try client.call(for: 50_000_000)
        let figures = try (0..<options.runs).map { _ in try client.call(for: options.runNanoseconds) }
        try client.finish()
        table.add(row.name, RunFigures(figures))
    }

    /// What many calls leave behind once everything is warm: nothing, or memory grows.
    private func watched(_ row: Row) throws -> [TextTable.Cell] {
        let client = try Client(row, block: block)
        let probe = try ProcessProbe(processID: Host.processID)
        try client.call(for: 200_000_000)
        let heap = HeapUsage.bytesInUse() ?? 0
        let faults = try probe.stat().minorFaults
        for _ in 0..<(watchedCalls / block) { try client.callBlock() }
        let faultsAfter = try probe.stat().minorFaults
        let heapAfter = HeapUsage.bytesInUse() ?? 0
        try client.finish()
        let growth = Int64(heapAfter) - Int64(heap)
        return [.init(row.name), "\(growth) B", "\(faultsAfter - faults)"]
    }

    /// A client and what it was called for.
    private final class Client {
        private let row: Row
        private let block: Int
        private let telemetry: Telemetry
        private var calls = 0
        private var refused = 0

        init(_ row: Row, block: Int) throws {
            self.row = row
            self.block = block
            var configuration = TelemetryConfiguration(projectName: "bench-micro", endpoint: "https://localhost")
            configuration.secureTransport = SecureTransportFactory { _, _ in AcceptingTransport() }
            configuration.isEnabled = row.isEnabled
            configuration.exportMode = .manual
            configuration.batchSize = 512
            configuration.queueLimit = 2 * block
            configuration.sampler = row.sampler
            configuration.protocolFormat = row.format
            configuration.privacy = row.isPrivate ? .standard : .off
            telemetry = try Telemetry(configuration: configuration)
        }

        /// Calls for so many nanoseconds; nanoseconds a call.
        @discardableResult
        func call(for nanoseconds: UInt64) throws -> Double {
            var used: UInt64 = 0
            let before = calls
            while used < nanoseconds { used += try callBlock() }
            return Double(used) / Double(calls - before)
        }

        /// Calls as often as a block has it, and flushes; nanoseconds without the flush.
        @discardableResult
        func callBlock() throws -> UInt64 {
            let call = row.call
            var refused = 0
            let start = MonotonicClock.now()
            for index in 0..<block where !call(telemetry, index) { refused += 1 }
            let used = MonotonicClock.now() - start
            self.refused += refused
            calls += block
            guard telemetry.flush(timeout: .seconds(10)) == .success else {
                throw MicroError("a flush failed: \(telemetry.status.lastFailure ?? "no reason known")")
            }
            return used
        }

        /// Checks the account.
        func finish() throws {
            let exported = telemetry.status.exported
            guard refused == 0, exported == (row.delivers ? UInt64(calls) : 0) else {
                throw MicroError("of \(calls) calls \(refused) failed, and \(exported) items were acknowledged")
            }
            telemetry.shutdown(timeout: .seconds(10))
        }
    }

    /// Adds nanoseconds that a call takes that touches no client.
    @inline(__always)
    private func addLoop(_ name: String, to table: inout FigureTable, _ call: (Int) -> UInt64) {
        guard options.includes(name) else { return }
        var sum: UInt64 = 0
        let figures = (0..<options.runs).map { _ in
            let calls = 1_000_000
            let start = MonotonicClock.now()
            // Wrapping: only that the values are used matters.
            for index in 0..<calls { sum &+= call(index) }
            return Double(MonotonicClock.now() - start) / Double(calls)
        }
        precondition(sum != 0, "the clock stands still")
        table.add(name, RunFigures(figures))
    }
}

/// Something that the compiler must make.
@inline(never)
private func isUsed(_ attributes: Attributes) -> Bool {
    attributes.count > 0
}

/// A backend that takes everything at once.
private final class AcceptingTransport: SecureTransport {
    func post(
        body: [UnsafeRawBufferPointer],
        headers: [(name: String, value: String)]
    ) throws(SecureTransportError) -> SecureTransportAnswer {
        SecureTransportAnswer(status: 200)
    }

    func cancel() {}
}

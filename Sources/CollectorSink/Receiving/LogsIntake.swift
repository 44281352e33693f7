package import OTLP
import Platform

/// Takes logs requests into a ledger: decodes, then enters everything or nothing.
///
/// One for each connection, used by one thread at a time; the ledger is shared. Its buffers are used again from request
/// to request, so a valid request of known runs allocates nothing.
package struct LogsIntake: ~Copyable {
    private let ledger: DeliveryLedger
    private let wallClock: @Sendable () -> UInt64
    private var collector: Collector

    /// An intake for one connection.
    ///
    /// - Parameters:
    ///   - ledger: Where items are entered.
    ///   - wallClock: Nanoseconds since 1970, read once for each request.
    package init(ledger: DeliveryLedger, wallClock: @escaping @Sendable () -> UInt64 = WallClock.now) {
        self.ledger = ledger
        self.wallClock = wallClock
        collector = Collector(ledger: ledger)
    }

    /// Enters the items of one request.
    ///
    /// Hot path: decoding and ledger together take about 35 ns an item with one attribute.
    ///
    /// - Parameter body: An `ExportLogsServiceRequest` in protobuf.
    /// - Throws: ``OTLPDecodingError`` when it is malformed. Then none of its items has been entered, and the request is
    ///   counted as malformed: in the run of the resource in which the fault lies, as far as that could be read.
    package mutating func receive(_ body: UnsafeRawBufferPointer) throws(OTLPDecodingError) {
        defer { collector.reset() }
        do throws(OTLPDecodingError) {
            try OTLPLogsDecoder.decode(body, into: &collector)
        } catch {
            (collector.groups.last?.run ?? ledger.unattributed).countMalformedRequest()
            throw error
        }
        collector.finish()
        let now = wallClock()
        // A request counts once for each run that it has something of.
        var counted: Set<ObjectIdentifier> = []
        for (index, group) in collector.groups.enumerated() {
            let end = index + 1 < collector.groups.count ? collector.groups[index + 1].start : collector.items.count
            let isFirst = collector.groups.count == 1 || counted.insert(ObjectIdentifier(group.run)).inserted
            group.run.commit(
                collector.items.items(group.start..<end).span,
                foreign: group.foreign,
                request: isFirst ? body.count : nil,
                now: now
            )
        }
    }
}

extension LogsIntake {
    /// The visitor that stages items by run until the whole request is known to be valid.
    fileprivate struct Collector: OTLPLogsVisitor, ~Copyable {
        /// Consecutive resources of one run.
        struct Group {
            var run: RunLedger
            /// Index of its first item.
            var start: Int
            /// Items without an identity.
            var foreign: UInt64 = 0
        }

        private let ledger: DeliveryLedger
        /// The run found last, and its name's bytes: the next request is most likely of the same.
        private var lastRun: RunLedger
        private var lastName: [UInt8] = []
        /// Whether the group at hand belongs to a run: otherwise its items cannot be identified.
        private var isAttributed = false
        /// Items without an identity in the group at hand.
        private var foreign: UInt64 = 0
        /// The identified items of all groups.
        private(set) var items = StagingBuffer()
        private(set) var groups: [Group] = []

        init(ledger: DeliveryLedger) {
            self.ledger = ledger
            lastRun = ledger.unattributed
        }

        /// Closes the last group; a request without any counts as one of no run.
        mutating func finish() {
            if groups.isEmpty { groups.append(Group(run: ledger.unattributed, start: 0)) }
            groups[groups.count - 1].foreign += foreign
            foreign = 0
        }

        /// Forgets the request.
        mutating func reset() {
            items.removeAll()
            foreign = 0
            groups.removeAll(keepingCapacity: groups.capacity <= 1024)
        }

        mutating func resource(_ resource: ResourceView) throws(OTLPDecodingError) {
            let run = try findRun(resource.attributes.text(forKey: ItemID.runAttributeKey))
            if groups.last?.run === run { return }
            if !groups.isEmpty { finish() }
            groups.append(Group(run: run, start: items.count))
            isAttributed = run !== ledger.unattributed
        }

        mutating func scope(_ scope: ScopeView) {}

        mutating func logRecord(_ record: borrowing LogRecordView) {
            guard isAttributed, let id = record.attributes.int(forKey: ItemID.attributeKey) else {
                foreign += 1
                return
            }
            items.append(StagedItem(id: id, timeUnixNano: record.timeUnixNano))
        }

        /// The run with this name; items of no run, or of one too many, belong to the run without a name.
        private mutating func findRun(_ name: OTLPText?) throws(OTLPDecodingError) -> RunLedger {
            guard let name, !name.isEmpty else { return ledger.unattributed }
            if name.equals(lastName) { return lastRun }
            guard let run = ledger.run(try name.string()) else { return ledger.unattributed }
            lastRun = run
            lastName = Array(name.bytes)
            return run
        }
    }
}

import HarnessCore
import OTLP

/// The visitor that stages the items of a request by run until the whole request is known to be valid.
internal struct ItemCollector<Reader: ItemReader>: OTLPVisitor, ~Copyable {
    /// Consecutive resources of one run.
    internal struct Group {
        /// The run.
        internal var run: RunLedger
        /// The tenant that the resources name.
        internal var tenant: Int64?
        /// Index of its first item.
        internal var start: Int
        /// The counts of what has no identity.
        internal var counts = StagedCounts()
        /// What the run has to know when the answer was sent or lost.
        internal var entry = ItemAccount.Entry()
    }

    private let unattributed: RunLedger
    private var finder: RunFinder
    /// Whether the group at hand belongs to a run: otherwise its items cannot be identified.
    private var isAttributed = false
    /// The counts of the group at hand.
    private var counts = StagedCounts()
    /// The identified items of all groups.
    internal private(set) var items = StagingBuffer()
    /// The groups so far.
    internal private(set) var groups: [Group] = []

    /// Looks for what OTLP forbids.
    internal var check: WireCheck
    private let isChecking: Bool

    /// A collector for a connection to this ledger.
    ///
    /// - Parameters:
    ///   - ledger: Where the items go.
    ///   - signal: ``OTLPSignal/logs`` or ``OTLPSignal/traces``, as the reader has it.
    ///   - isChecking: Whether what OTLP forbids is looked for.
    internal init(ledger: DeliveryLedger, signal: OTLPSignal, isChecking: Bool) {
        check = WireCheck(signal)
        self.isChecking = isChecking
        unattributed = ledger.unattributed
        finder = RunFinder(ledger: ledger)
    }

    /// Closes the last group; a request without any counts as one of no run.
    internal mutating func finish() {
        if groups.isEmpty { groups.append(Group(run: unattributed, tenant: nil, start: 0)) }
        groups[groups.count - 1].counts.add(counts)
        if isChecking { groups[groups.count - 1].counts.violations.add(check.takeViolations()) }
        counts = StagedCounts()
    }

    /// Forgets the last identified items, as far as there are so many; returns how many it were.
    internal mutating func reject(last count: Int) -> Int {
        let rejected = min(count, items.count)
        items.removeLast(rejected)
        for index in groups.indices { groups[index].start = min(groups[index].start, items.count) }
        return rejected
    }

    /// What came of the request that has been decoded.
    internal var summary: TakenRequest {
        var taken = TakenRequest(items: items.count, run: groups.first?.run)
        for group in groups {
            taken.items += Int(clamping: group.counts.foreign)
            taken.violations += group.counts.violations.total
        }
        return taken
    }

    /// Enters the groups into their runs.
    ///
    /// - Parameters:
    ///   - signal: The signal of the request.
    ///   - size: The size of its body as it was sent.
    ///   - isAtRisk: Whether the answer may well be lost.
    ///   - now: The wall clock in nanoseconds since 1970.
    internal mutating func commit(_ signal: OTLPSignal, size: Int, isAtRisk: Bool, now: UInt64) {
        // A request counts once for each run that it has something of.
        var counted: Set<ObjectIdentifier> = []
        for index in groups.indices {
            let group = groups[index]
            let isFirst = groups.count == 1 || counted.insert(ObjectIdentifier(group.run)).inserted
            groups[index].entry = group.run.commit(
                signal,
                items.items(range(ofGroup: index)).span,
                tenant: group.tenant,
                unidentified: group.counts,
                request: isFirst ? size : nil,
                isAtRisk: isAtRisk,
                now: now
            )
        }
    }

    /// Tells the runs of the groups what became of the answer, and forgets the request.
    internal mutating func settle(_ signal: OTLPSignal, isAnswered: Bool) {
        for index in groups.indices {
            let group = groups[index]
            let items = items.items(range(ofGroup: index)).span
            group.run.settle(signal, items, group.entry, isAnswered: isAnswered)
        }
        reset()
    }

    private func range(ofGroup index: Int) -> Range<Int> {
        groups[index].start..<(index + 1 < groups.count ? groups[index + 1].start : items.count)
    }

    /// Forgets the request.
    internal mutating func reset() {
        items.removeAll()
        counts = StagedCounts()
        groups.removeAll(keepingCapacity: groups.capacity <= 1024)
    }

    internal mutating func resource(_ resource: ResourceView) throws(OTLPDecodingError) {
        let run = try finder.run(of: resource)
        let tenant = finder.tenant(of: resource)
        if groups.last?.run !== run || groups.last?.tenant != tenant {
            if !groups.isEmpty { finish() }
            groups.append(Group(run: run, tenant: tenant, start: items.count))
            isAttributed = run !== unattributed
        }
        if isChecking { check.begin(resource) }
    }

    internal mutating func scope(_ scope: ScopeView) {
        if isChecking { check.beginScope() }
    }

    internal mutating func field(
        _ tag: UInt32,
        of level: EnvelopeLevel,
        value: ProtobufCursor
    ) throws(OTLPDecodingError) {
        if isChecking { try check.field(tag, of: level, value: value) }
    }

    internal mutating func end(_ level: EnvelopeLevel) {
        if isChecking { check.end(level) }
    }

    /// Stages an item.
    ///
    /// Hot path: every item passes here.
    @inline(__always)
    internal mutating func item(_ message: ProtobufCursor) throws(OTLPDecodingError) {
        let item = isChecking ? try Reader.read(message, &check) : try Reader.read(message)
        if !item.isValid { counts.invalid += 1 }
        guard isAttributed, var id = item.id else {
            counts.foreign += 1
            return
        }
        // Negative ids, in which the bit is set as well, identify nothing.
        if id >= ItemChecksum.mark {
            id &= ~ItemChecksum.mark
            try verify(message, ItemID(rawValue: id))
        }
        items.append(StagedItem(id: id, timeUnixNano: item.timeUnixNano))
    }

    /// Compares what arrived of an item with its checksum.
    @inline(never)
    private mutating func verify(_ message: ProtobufCursor, _ id: ItemID) throws(OTLPDecodingError) {
        counts.checksummed += 1
        guard let problem = try Reader.corruption(of: message, id) else { return }
        counts.corrupted += 1
        counts.examples.keep([problem])
    }
}

/// Reads of an item what the ledger needs.
internal protocol ItemReader {
    /// Reads and validates an item; throws ``OTLPDecodingError`` when it is malformed.
    static func read(_ message: ProtobufCursor) throws(OTLPDecodingError) -> ReadItem

    /// Reads, validates and judges an item in one pass; throws ``OTLPDecodingError`` when it is malformed.
    static func read(_ message: ProtobufCursor, _ check: inout WireCheck) throws(OTLPDecodingError) -> ReadItem

    /// What is wrong with the content of a valid item that carries a checksum; nil if it is what was sent.
    static func corruption(of message: ProtobufCursor, _ id: ItemID) throws(OTLPDecodingError) -> LedgerExample?
}

/// What the ledger needs of an item.
internal struct ReadItem {
    /// The attribute `bench.id`, if there is one.
    internal var id: Int64?
    /// When the item was made, in nanoseconds since 1970; 0 = not known.
    internal var timeUnixNano: UInt64
    /// Whether the item keeps to the specification.
    internal var isValid: Bool
}

/// Reads log records.
internal enum LogRecordReader: ItemReader {
    /// Reads a log record, which may do without trace and span ids.
    @inline(__always)
    internal static func read(_ message: ProtobufCursor) throws(OTLPDecodingError) -> ReadItem {
        let record = try LogRecordView(message)
        return ReadItem(
            id: record.attributes.int(forKey: ItemID.attributeKey),
            timeUnixNano: record.timeUnixNano,
            isValid: (record.traceID.isEmpty || record.traceID.isIdentifier(ofBytes: 16))
                && (record.spanID.isEmpty || record.spanID.isIdentifier(ofBytes: 8))
        )
    }

    /// The text is the body, and without one the event's name.
    internal static func corruption(
        of message: ProtobufCursor,
        _ id: ItemID
    ) throws(OTLPDecodingError) -> LedgerExample? {
        let record = try LogRecordView(message)
        let text: OTLPText? =
            switch record.body?.content {
            case nil: record.eventName
            case .string(let body): body
            default: nil
            }
        return ChecksumCheck(text: text, attributes: record.attributes)
            .problem(ofItem: id, attributes: record.attributes)
    }
}

/// Reads spans.
internal enum SpanReader: ItemReader {
    /// Reads a span, which is made when it ends.
    @inline(__always)
    internal static func read(_ message: ProtobufCursor) throws(OTLPDecodingError) -> ReadItem {
        let span = try SpanView(message)
        return ReadItem(
            id: span.attributes.int(forKey: ItemID.attributeKey),
            timeUnixNano: span.endTimeUnixNano,
            isValid: span.traceID.isIdentifier(ofBytes: 16) && span.spanID.isIdentifier(ofBytes: 8)
                && (span.parentSpanID.isEmpty || span.parentSpanID.isIdentifier(ofBytes: 8))
                && span.startTimeUnixNano <= span.endTimeUnixNano
        )
    }

    /// The text is the name.
    internal static func corruption(
        of message: ProtobufCursor,
        _ id: ItemID
    ) throws(OTLPDecodingError) -> LedgerExample? {
        let span = try SpanView(message)
        return ChecksumCheck(text: span.name, attributes: span.attributes)
            .problem(ofItem: id, attributes: span.attributes)
    }
}

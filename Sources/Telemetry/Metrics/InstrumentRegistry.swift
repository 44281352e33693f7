import Platform

/// The instruments of a client by their names.
///
/// An instrument is found by name, kind, kind of number, unit and description: instruments that differ in one of these
/// are streams of their own, of which a warning is given once for each name. Bounds are advice: those of the first use
/// hold. Names are the same whatever their case; that of the first use is sent
/// (https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument-name-syntax).
///
/// Source: https://opentelemetry.io/docs/specs/otel/metrics/sdk/#duplicate-instrument-registration
final class InstrumentRegistry: @unchecked Sendable {
    // Sendable: the variables, and what `byName` points at, are touched only with `lock` held.

    private struct Key: Hashable {
        var foldedName: String
        var kind: MetricKind
        var number: InstrumentDescriptor.Number
        var unit: String
        var description: String

        init(_ descriptor: InstrumentDescriptor) {
            foldedName = descriptor.name.lowercased()
            kind = descriptor.kind
            number = descriptor.number
            unit = descriptor.unit
            description = descriptor.description
        }
    }

    private let settings: MetricSettings
    private let hashSeed: UInt64
    private let lock = Lock()
    private var instruments: [Instrument] = []
    private var byKey: [Key: Instrument] = [:]
    /// The first instrument of each folded name.
    private var firstByName: [String: Instrument] = [:]
    /// Names that were warned about.
    private var contested: Set<String> = []
    /// Names as they were given, for those that find an instrument without folding.
    private let byName: UnsafeMutableBufferPointer<NameTable>
    private var refused: [MeasurementRefusal: UInt64] = [:]
    private var conflicts: UInt64 = 0
    private var isOpen = true

    /// A registry without instruments.
    init(settings: MetricSettings) {
        self.settings = settings
        hashSeed = settings.hashSeed
        byName = .allocate(capacity: 2 * MetricKind.allCases.count)
        for index in byName.indices { byName.initializeElement(at: index, to: NameTable()) }
    }

    deinit {
        for table in byName { table.deallocate() }
        byName.deallocate()
    }

    /// Whether there is any instrument.
    var isEmpty: Bool {
        lock.withLock { instruments.isEmpty }
    }

    /// All instruments, in the order in which they were made.
    var all: [Instrument] {
        lock.withLock { instruments }
    }

    /// Finds an instrument by a name that was used before, written the same way.
    ///
    /// Hot path of `trackMetric`: budget 25 ns for a name that is used again.
    @inline(__always)
    func find(_ name: String, kind: MetricKind, number: InstrumentDescriptor.Number) -> Instrument? {
        lock.lock()
        defer { lock.unlock() }
        return byName[slot(kind, number)].find(name, seed: hashSeed)
    }

    /// Makes an instrument, or finds the one that has its name.
    ///
    /// - Parameters:
    ///   - descriptor: What it is to be.
    ///   - isMeasurement: Only the name and the kinds were given.
    /// - Returns: The instrument; nil if the name is bad or there are too many.
    func make(_ descriptor: InstrumentDescriptor, isMeasurement: Bool = false) -> Instrument? {
        let (instrument, warning) = lock.withLock { makeHoldingLock(descriptor, isMeasurement: isMeasurement) }
        if let warning { settings.warn(warning) }
        return instrument
    }

    private func makeHoldingLock(
        _ descriptor: InstrumentDescriptor,
        isMeasurement: Bool
    ) -> (instrument: Instrument?, warning: String?) {
        let key = Key(descriptor)
        if let existing = isMeasurement ? first(like: key) : byKey[key] {
            guard !isMeasurement, existing.descriptor.bounds != descriptor.bounds else { return (existing, nil) }
            return (existing, conflict(of: descriptor, with: existing))
        }
        guard InstrumentDescriptor.isValid(name: descriptor.name) else { return (refuse(.invalidName), nil) }
        guard instruments.count < settings.instrumentLimit else { return (refuse(.tooManyInstruments), nil) }
        let warning = firstByName[key.foldedName].flatMap { conflict(of: descriptor, with: $0) }
        let instrument = Instrument(descriptor, settings: settings, now: WallClock.now())
        if !isOpen { instrument.close() }
        instruments.append(instrument)
        byKey[key] = instrument
        if firstByName[key.foldedName] == nil { firstByName[key.foldedName] = instrument }
        let table = slot(key.kind, key.number)
        // Measurements by name go to the first of its kind.
        if byName[table].find(descriptor.name, seed: hashSeed) == nil {
            byName[table].insert(instrument, seed: hashSeed)
        }
        return (instrument, warning)
    }

    /// The instrument that measurements by name go to: the first of its kinds.
    private func first(like key: Key) -> Instrument? {
        instruments.first { instrument in
            let other = Key(instrument.descriptor)
            return other.foldedName == key.foldedName && other.kind == key.kind && other.number == key.number
        }
    }

    /// Counts a conflict; what to say of it, if that was not said of the name before.
    private func conflict(of descriptor: InstrumentDescriptor, with existing: Instrument) -> String? {
        conflicts += 1
        guard contested.insert(descriptor.name.lowercased()).inserted else { return nil }
        return """
            metric '\(descriptor.name)' is \(descriptor.summary) and was \(existing.descriptor.summary) before; \
            \(descriptor.isStreamOfItsOwn(beside: existing.descriptor)
                ? "they are exported as two streams" : "the first bounds hold"); give one of them another name
            """
    }

    /// Instruments made from now on refuse all measurements.
    func close() {
        lock.withLock { isOpen = false }
    }

    /// Adds the account of all instruments to that of the client.
    func addAccount(to status: inout MetricsStatus) {
        let instruments = lock.withLock {
            status.conflicts = conflicts
            for (reason, count) in refused { status.refused[reason, default: 0] += count }
            return self.instruments
        }
        for instrument in instruments { instrument.addAccount(to: &status) }
    }

    private func refuse(_ reason: MeasurementRefusal) -> Instrument? {
        refused[reason, default: 0] += 1
        return nil
    }

    private func slot(_ kind: MetricKind, _ number: InstrumentDescriptor.Number) -> Int {
        let base =
            switch kind {
            case .counter: 0
            case .upDownCounter: 1
            case .gauge: 2
            case .histogram: 3
            }
        return 2 * base + (number == .integer ? 0 : 1)
    }
}

extension InstrumentDescriptor {
    /// Whether two instruments of the same name differ in more than their bounds.
    fileprivate func isStreamOfItsOwn(beside other: InstrumentDescriptor) -> Bool {
        kind != other.kind || number != other.number || unit != other.unit || description != other.description
    }

    /// What the instrument is, for people.
    fileprivate var summary: String {
        let numbers = number == .integer ? " of integers" : ""
        let bounds = kind == .histogram ? ", \(bounds.count) bounds" : ""
        return "a \(kind)\(numbers), unit '\(unit)', description '\(description)'\(bounds)"
    }
}

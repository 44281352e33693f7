import Platform

/// The instruments of a client by their names.
///
/// An instrument is found by name, kind and kind of number. Names are the same whatever their case; that of the first
/// use is sent (https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument-name-syntax).
final class InstrumentRegistry: @unchecked Sendable {
    // Sendable: the variables, and what `byName` points at, are touched only with `lock` held.

    private struct Key: Hashable {
        var foldedName: String
        var kind: MetricKind
        var number: InstrumentDescriptor.Number
    }

    private let settings: MetricSettings
    private let hashSeed: UInt64
    private let lock = Lock()
    private var instruments: [Instrument] = []
    private var byKey: [Key: Instrument] = [:]
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
        lock.withLock {
            let key = Key(foldedName: descriptor.name.lowercased(), kind: descriptor.kind, number: descriptor.number)
            if let existing = byKey[key] {
                if !isMeasurement, !existing.descriptor.agrees(with: descriptor) { conflicts += 1 }
                return existing
            }
            guard InstrumentDescriptor.isValid(name: descriptor.name) else { return refuse(.invalidName) }
            guard instruments.count < settings.instrumentLimit else { return refuse(.tooManyInstruments) }
            if byKey.keys.contains(where: { $0.foldedName == key.foldedName }) { conflicts += 1 }
            let instrument = Instrument(descriptor, settings: settings, now: WallClock.now())
            if !isOpen { instrument.close() }
            instruments.append(instrument)
            byKey[key] = instrument
            byName[slot(key.kind, key.number)].insert(instrument, seed: hashSeed)
            return instrument
        }
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
    /// Whether two instruments of the same name and kind are described alike.
    fileprivate func agrees(with other: InstrumentDescriptor) -> Bool {
        unit == other.unit && description == other.description && bounds == other.bounds
    }
}

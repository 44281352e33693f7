import OTLP

/// Finds the run that a resource belongs to.
internal struct RunFinder {
    private let ledger: DeliveryLedger
    /// The run found last, and its name's bytes: the next request is most likely of the same.
    private var lastRun: RunLedger
    private var lastName: [UInt8] = []

    /// A finder in this ledger.
    internal init(ledger: DeliveryLedger) {
        self.ledger = ledger
        lastRun = ledger.unattributed
    }

    /// The tenant that a resource belongs to; nil where it does not say.
    internal func tenant(of resource: ResourceView) -> Int64? {
        resource.attributes.int(forKey: ItemID.tenantAttributeKey)
    }

    /// The run of a resource; of no run, or of one too many, belong to the run without a name.
    ///
    /// Throws ``OTLPDecodingError`` when the name is not UTF-8.
    internal mutating func run(of resource: ResourceView) throws(OTLPDecodingError) -> RunLedger {
        guard let name = resource.attributes.text(forKey: ItemID.runAttributeKey), !name.isEmpty else {
            return ledger.unattributed
        }
        if name.equals(lastName) { return lastRun }
        guard let run = ledger.run(try name.string()) else { return ledger.unattributed }
        lastRun = run
        lastName = Array(name.bytes)
        return run
    }
}

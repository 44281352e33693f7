/// What became of the items of a phase.
///
/// Balances must hold, and the differences are part of the result:
///
///     planned operations = operations + missed      (open model)
///     attempted = accepted + rejected
///     accepted  = delivered + queued + lost        lost = dropped + unaccounted
package struct PhaseLoad: Codable, Equatable, Sendable {
    /// Operations issued, where that is not the number of items.
    package var operations: UInt64?
    /// Operations that were due and could not be started before the deadline of the phase; none in the closed model.
    package var missed: UInt64?
    /// Operations that were under way at the deadline of the phase; they are among the others.
    package var inFlightAtDeadline: UInt64?
    /// Items handed to the system.
    package var attempted: UInt64
    /// Items that the system said yes to.
    package var accepted: UInt64
    /// Items that the system said no to.
    package var rejected: UInt64
    /// Different items in the ledger of the sink.
    package var delivered: UInt64?
    /// Accepted items that are neither delivered nor still queued, whatever the reason.
    package var lost: Int64?
    /// Arrivals of items that had arrived before.
    package var duplicated: UInt64?
    /// Arrivals that no producer of this run can have sent.
    package var foreign: UInt64?
    /// Arrivals that break the specification; absent where nobody looked.
    package var invalid: UInt64?
    /// Items that the system confesses to have dropped after accepting them.
    package var dropped: UInt64?
    /// The same by reason.
    package var droppedByReason: [String: UInt64]
    /// Lost items that the system does not confess: not zero means that the accounts do not balance.
    package var unaccounted: Int64?
    /// Items that the system still holds at the end.
    package var queued: UInt64?
    /// The size of these items in bytes; absent where the system does not say.
    package var queuedBytes: UInt64?
    /// The load by kind of operation; absent when there is but one.
    package var kinds: [String: KindLoad]?

    /// Makes the value; what was not measured is left out.
    package init(
        attempted: UInt64,
        accepted: UInt64,
        rejected: UInt64,
        delivered: UInt64? = nil,
        lost: Int64? = nil,
        duplicated: UInt64? = nil,
        foreign: UInt64? = nil,
        dropped: UInt64? = nil,
        droppedByReason: [String: UInt64] = [:],
        unaccounted: Int64? = nil,
        queued: UInt64? = nil,
        operations: UInt64? = nil,
        kinds: [String: KindLoad]? = nil,
        missed: UInt64? = nil,
        inFlightAtDeadline: UInt64? = nil,
        invalid: UInt64? = nil
    ) {
        self.missed = missed
        self.inFlightAtDeadline = inFlightAtDeadline
        self.invalid = invalid
        self.operations = operations
        self.kinds = kinds
        self.attempted = attempted
        self.accepted = accepted
        self.rejected = rejected
        self.delivered = delivered
        self.lost = lost
        self.duplicated = duplicated
        self.foreign = foreign
        self.dropped = dropped
        self.droppedByReason = droppedByReason
        self.unaccounted = unaccounted
        self.queued = queued
    }

    private enum CodingKeys: String, CodingKey {
        case operations
        case missed
        case inFlightAtDeadline = "in_flight_at_deadline"
        case kinds
        case attempted
        case accepted
        case rejected
        case delivered
        case lost
        case duplicated
        case foreign
        case invalid
        case dropped
        case droppedByReason = "dropped_by_reason"
        case unaccounted
        case queued
        case queuedBytes = "queued_bytes"
    }
}

extension PhaseLoad {
    /// Makes the load of a phase whose items a ledger accounts for, and works out what is lost and unaccounted.
    package static func balanced(
        accepted: UInt64,
        rejected: UInt64,
        delivered: UInt64,
        duplicated: UInt64,
        foreign: UInt64,
        droppedByReason: [String: UInt64],
        queued: UInt64
    ) -> PhaseLoad {
        let dropped = droppedByReason.values.reduce(0, +)
        let lost = Int64(clamping: accepted) - Int64(clamping: delivered) - Int64(clamping: queued)
        return PhaseLoad(
            attempted: accepted + rejected,
            accepted: accepted,
            rejected: rejected,
            delivered: delivered,
            lost: lost,
            duplicated: duplicated,
            foreign: foreign,
            dropped: dropped,
            droppedByReason: droppedByReason,
            unaccounted: lost - Int64(clamping: dropped),
            queued: queued
        )
    }
}

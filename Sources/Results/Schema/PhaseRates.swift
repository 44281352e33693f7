/// How fast operations and their items went through a phase.
package struct PhaseRates: Codable, Equatable, Sendable {
    /// What the plan asks for; absent in the closed model.
    package var offeredPerSecond: Double?
    /// Operations issued, over the duration.
    package var achievedPerSecond: Double?
    /// Items accepted, over the duration.
    package var acceptedPerSecond: Double?
    /// Items delivered, over the time until the flush was done.
    package var deliveredPerSecond: Double?

    /// Makes the value; what was not measured is left out.
    package init(
        offeredPerSecond: Double? = nil,
        achievedPerSecond: Double? = nil,
        acceptedPerSecond: Double? = nil,
        deliveredPerSecond: Double? = nil
    ) {
        self.offeredPerSecond = offeredPerSecond
        self.achievedPerSecond = achievedPerSecond
        self.acceptedPerSecond = acceptedPerSecond
        self.deliveredPerSecond = deliveredPerSecond
    }

    private enum CodingKeys: String, CodingKey {
        case offeredPerSecond = "offered_per_s"
        case achievedPerSecond = "achieved_per_s"
        case acceptedPerSecond = "accepted_per_s"
        case deliveredPerSecond = "delivered_per_s"
    }
}

extension PhaseRates {
    /// Works the rates out; one whose time is not positive is left out.
    package init(
        offeredPerSecond: Double?,
        load: PhaseLoad,
        durationSeconds: Double,
        completionSeconds: Double?
    ) {
        let rate = { (items: UInt64, seconds: Double) -> Double? in
            seconds > 0 ? Double(items) / seconds : nil
        }
        self.init(
            offeredPerSecond: offeredPerSecond,
            achievedPerSecond: rate(load.operations ?? load.attempted, durationSeconds),
            acceptedPerSecond: rate(load.accepted, durationSeconds),
            deliveredPerSecond: load.delivered.flatMap { rate($0, completionSeconds ?? durationSeconds) }
        )
    }
}

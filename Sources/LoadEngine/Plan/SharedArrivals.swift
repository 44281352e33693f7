/// The operations of any open schedule that fall to a scenario's weight, each from its closed form.
struct SharedArrivals: Arrivals {
    private let schedule: Schedule
    private let share: OperationShare
    private let own: UInt64
    private var index: UInt64 = 0

    /// Creates the arrivals of a producer's share.
    init(_ schedule: Schedule, share: OperationShare) {
        self.schedule = schedule
        self.share = share
        own = share.count(below: schedule.operations ?? 0)
    }

    mutating func next() -> UInt64? {
        guard index < own else { return nil }
        defer { index += 1 }
        return schedule.intendedStart(of: share.operation(index))
    }
}

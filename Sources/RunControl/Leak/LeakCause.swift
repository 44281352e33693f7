import LoadEngine
import Results

/// What grows, and with what: from trials that differ in one thing each.
///
/// With α bytes an item, β a flush, γ a session and δ a thread, a cycle of N items, F flushes, S sessions and T threads grows
/// by αN + βF + γS + δT. Twice the items give αN, twice the flushes βF; sessions and threads are tried with few items, of
/// which α and β tell what they add.
struct LeakCause: Equatable {
    /// What grows.
    enum Resource: String, CaseIterable {
        case threads
        case descriptors
        case bytes
    }

    /// What it grows with.
    enum Unit: String {
        case item
        case flush
        case session
        case thread
    }

    /// A trial explains the growth when what it adds is at least this share of what there was.
    private static let explainingShare = 0.5

    /// What grows.
    var resource: Resource
    /// With what; nil where no trial tells.
    var unit: Unit?
    /// How much of the resource each of them takes; nil where no trial tells.
    var perUnit: Double?
    /// The trial in which it shows.
    var kind: LeakTrialKind

    /// Finds the cause of growth in the check itself.
    ///
    /// - Parameters:
    ///   - resource: what grows.
    ///   - check: the trial in which it does.
    ///   - doubleItems: the same with twice the items; nil if it was not run.
    ///   - doubleFlushes: the same with twice the flushes; nil if it was not run.
    ///   - control: the growth of the harness.
    init(
        _ resource: Resource,
        in check: LeakTrial,
        doubleItems: LeakTrial?,
        doubleFlushes: LeakTrial?,
        control: LeakGrowth?
    ) {
        self.resource = resource
        kind = .check
        guard let growth = check.growth(of: resource, control), growth > 0 else { return }
        let candidates: [(unit: Unit, trial: LeakTrial?, added: UInt64)] = [
            (.item, doubleItems, (doubleItems?.itemsPerCycle ?? 0) &- check.itemsPerCycle),
            (.flush, doubleFlushes, (doubleFlushes?.flushesPerCycle ?? 0) &- check.flushesPerCycle),
        ]
        var best = Self.explainingShare
        for (unit, trial, added) in candidates {
            guard let more = trial?.growth(of: resource, control), added > 0, (more - growth) / growth >= best else {
                continue
            }
            best = (more - growth) / growth
            self.unit = unit
            perUnit = (more - growth) / Double(added)
        }
    }

    /// Describes growth in the trial of sessions or of threads beyond what its items and flushes explain.
    ///
    /// - Parameters:
    ///   - resource: what grows.
    ///   - unit: `session` or `thread`.
    ///   - trial: the trial.
    ///   - known: what grows in the check; nil where nothing does.
    init?(_ resource: Resource, with unit: Unit, in trial: LeakTrial, known: LeakCause?) {
        guard let growth = trial.growth(of: resource, nil) else { return nil }
        let count = unit == .session ? trial.sessionsPerCycle : trial.threadsPerCycle
        let explained = known?.explained(in: trial) ?? 0
        guard growth > 0, growth - explained >= Self.explainingShare * growth, count > 0 else { return nil }
        self.resource = resource
        self.unit = unit
        perUnit = (growth - explained) / Double(count)
        kind = unit == .session ? .sessions : .threads
    }

    /// What the cause makes a cycle of another trial grow by.
    private func explained(in trial: LeakTrial) -> Double {
        switch unit {
        case .item: (perUnit ?? 0) * Double(trial.itemsPerCycle)
        case .flush: (perUnit ?? 0) * Double(trial.flushesPerCycle)
        default: 0
        }
    }
}

extension LeakTrial {
    /// Growth of a resource from cycle to cycle; nil where nobody measured it.
    func growth(of resource: LeakCause.Resource, _ control: LeakGrowth?) -> Double? {
        let handles = { (growth: Int64?) in growth.map { Double($0) / Double(max(1, counted - 1)) } }
        return switch resource {
        case .bytes: growth?.beyond(control).slope
        case .descriptors: handles(descriptorGrowth)
        case .threads: handles(threadGrowth)
        }
    }
}

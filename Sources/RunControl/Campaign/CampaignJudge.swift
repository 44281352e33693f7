import HarnessCore

/// The rules that every run of a campaign must keep.
enum CampaignJudge {
    /// A call that takes longer has waited for something, in nanoseconds.
    private static let longestCall: UInt64 = 100_000_000
    /// Up to here the slowest calls are those of a busy machine, in nanoseconds.
    private static let slowCall: UInt64 = 5_000_000
    /// How long it may take until everything is as before, in seconds: a pause of one second that was asked for, which a
    /// date makes two, and the queue.
    private static let recoverySeconds = 2.5
    /// Up to here freshness is normal whatever it was before, in nanoseconds.
    private static let freshness: UInt64 = 500_000_000

    /// Judges a run.
    ///
    /// - Parameters:
    ///   - figures: its figures.
    ///   - cell: what was run.
    ///   - isNoisy: whether the host disturbed it: then a broken rule about time proves nothing.
    /// - Returns: all rules.
    static func rules(
        _ figures: CampaignReport.Figures,
        _ cell: CampaignCell,
        isNoisy: Bool
    ) -> [CampaignReport.Rule] {
        [
            caller(figures, cell, isNoisy), accounted(figures), duplicates(figures), memory(figures),
            recovery(figures, isNoisy), retryAfter(figures), struck(figures),
        ]
    }

    private static func rule(
        _ name: String,
        _ holds: Bool,
        _ finding: String,
        isNoisy: Bool = false
    ) -> CampaignReport.Rule {
        CampaignReport.Rule(name: name, verdict: holds ? .passed : isNoisy ? .noisy : .failed, finding: finding)
    }

    /// The caller never blocks under `drop`; under `wait` it is meant to.
    private static func caller(
        _ figures: CampaignReport.Figures,
        _ cell: CampaignCell,
        _ isNoisy: Bool
    ) -> CampaignReport.Rule {
        let time = { (value: UInt64?) in value.map { Quantity.format(durationNanoseconds: $0) } ?? "unknown" }
        let finding =
            "calls took \(time(figures.faultP50)) (p50), \(time(figures.faultP999)) (p99.9), "
            + "\(time(figures.faultMaximum)) (max); p99.9 was \(time(figures.healthyP999))"
        guard cell.overflow == "drop" else {
            return CampaignReport.Rule(name: "caller", verdict: .notApplicable, finding: finding)
        }
        guard let p999 = figures.faultP999, let maximum = figures.faultMaximum else {
            return rule("caller", false, "\(finding): too few calls to judge")
        }
        let limit = max(slowCall, 10 * (figures.healthyP999 ?? 0))
        return rule("caller", p999 <= limit && maximum <= longestCall, finding, isNoisy: isNoisy)
    }

    /// Nothing is lost without a reason; something that was given up may have arrived after all.
    private static func accounted(_ figures: CampaignReport.Figures) -> CampaignReport.Rule {
        let unclaimed = figures.unaccounted < 0 ? UInt64(-figures.unaccounted) : 0
        return rule(
            "accounted",
            figures.unaccounted <= 0 && unclaimed <= figures.unanswered,
            "\(figures.accepted) accepted, \(figures.lost) lost, \(figures.dropped.values.reduce(0, +)) given up with a reason"
        )
    }

    /// Nothing is sent again whose answer was sent.
    private static func duplicates(_ figures: CampaignReport.Figures) -> CampaignReport.Rule {
        guard let bugs = figures.duplicatedByBug else {
            return rule("duplicates", false, "\(figures.duplicated) duplicated, and the sink does not tell why")
        }
        return rule(
            "duplicates",
            bugs == 0,
            "\(figures.duplicated) duplicated, \(bugs) of them although their answers were sent"
        )
    }

    private static func memory(_ figures: CampaignReport.Figures) -> CampaignReport.Rule {
        guard let growth = figures.residentGrowth else { return rule("memory", false, "not measured") }
        let queue = figures.queuedBytes ?? 0
        guard queue <= CampaignSettings.queueBytes else {
            return rule("memory", false, "\(queue) bytes were queued, allowed \(CampaignSettings.queueBytes)")
        }
        let (grown, limit) = (Quantity.format(bytes: growth), Quantity.format(bytes: CampaignSettings.memoryBytes))
        return rule("memory", growth <= CampaignSettings.memoryBytes, "grew by \(grown), allowed \(limit)")
    }

    /// The queue drains, and items are as fresh as before.
    private static func recovery(_ figures: CampaignReport.Figures, _ isNoisy: Bool) -> CampaignReport.Rule {
        guard let after = figures.freshnessAfter else {
            return rule("recovery", false, "nothing arrived after the fault")
        }
        let limit = max(freshness, 10 * (figures.freshnessBefore ?? 0))
        let seconds = figures.recoverySeconds ?? 0
        return rule(
            "recovery",
            seconds <= recoverySeconds && after <= limit,
            "drained after \(Quantity.format(durationNanoseconds: seconds * 1e9)), freshness p99 then "
                + Quantity.format(durationNanoseconds: after),
            isNoisy: isNoisy
        )
    }

    private static func retryAfter(_ figures: CampaignReport.Figures) -> CampaignReport.Rule {
        guard figures.retryAfterSent > 0 else {
            return CampaignReport.Rule(name: "retry_after", verdict: .notApplicable, finding: "never asked")
        }
        return rule(
            "retry_after",
            figures.retryAfterEarly == 0,
            "asked \(figures.retryAfterSent) times, early \(figures.retryAfterEarly) times"
        )
    }

    /// A run in which nothing happened proves nothing.
    private static func struck(_ figures: CampaignReport.Figures) -> CampaignReport.Rule {
        rule("struck", figures.struck > 0, "the faults struck \(figures.struck) times")
    }
}

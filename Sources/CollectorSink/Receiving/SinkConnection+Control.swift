import FoundationEssentials
import HTTP
import Platform
import Synchronization

extension SinkConnection {
    /// The account of a run, or its sums.
    internal func reportLedger(_ head: HTTPRequestHead) -> HTTPResponse {
        guard let run = head.query("run") else {
            let advice = "no run is named; ask for \(head.path)?run=ID (an empty ID shows what belongs to no run)"
            return Self.failure(400, head: head, advice)
        }
        // Whoever asks each second while a run is measured is not to cost the sink the whole account.
        guard head.query("view") == "counts" else { return Self.json(ledger.report(run: run)) }
        return Self.json(ledger.counts(run: run, withFreshness: head.query("freshness") == "since_last"))
    }

    /// The last requests of signals.
    internal func listRequests(_ head: HTTPRequestHead) -> HTTPResponse {
        guard let count = RequestLog.count(in: head) else {
            let advice = "last=\(head.query("last") ?? "") is no number from 1 to \(RequestLog.capacity)"
            return Self.failure(400, head: head, "\(advice); ask for \(head.path)?last=20")
        }
        return Self.json(log.last(count))
    }

    /// Begins a phase of a run.
    internal func beginPhase(_ head: HTTPRequestHead) -> HTTPResponse {
        guard let run = head.query("run"), let name = head.query("name") else {
            let advice = "a run and a name are needed; post to \(head.path)?run=ID&name=NAME"
            return Self.failure(400, head: head, advice)
        }
        guard ledger.beginPhase(name, ofRun: run) else {
            let limits = "\(ledger.limits.maximumRuns) runs, names of \(ledger.limits.maximumRunNameBytes) bytes"
            return Self.failure(
                507,
                head: head,
                "cannot remember another run (at most \(limits)); restart the sink"
            )
        }
        return HTTPResponse(status: 204)
    }

    /// Notes what a run is to be checked for.
    internal func expect(_ head: HTTPRequestHead) -> HTTPResponse {
        let tenants = head.query("tenants").map { Int($0) ?? 0 }
        guard let run = head.query("run"), ledger.expect(ofRun: run, tenants: tenants, canary: head.query("canary"))
        else {
            let advice =
                "post to \(head.path)?run=ID&tenants=N&canary=WORD, with at most \(ledger.limits.maximumRuns) "
                + "runs, 1 to \(Tenancy.maximumCount) tenants, and a word of "
                + "\(CanaryWatch.lengths.lowerBound) to \(CanaryWatch.lengths.upperBound) bytes"
            return Self.failure(400, head: head, advice)
        }
        return HTTPResponse(status: 204)
    }

    /// That the sink lives, and what it has used.
    internal var health: SinkHealth {
        let totals = ledger.totals()
        return SinkHealth(
            pid: ProcessInfo.processInfo.processIdentifier,
            cpuNanoseconds: CPUClock.process(),
            connections: tally.connections.load(ordering: .relaxed),
            requests: tally.requests.load(ordering: .relaxed),
            items: totals.items,
            malformedRequests: totals.malformedRequests
        )
    }
}

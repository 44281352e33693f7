import HarnessCore

/// The faults of a case of the sweep.
enum SweepFaults {
    /// Draws none to three faults, in the form in which the sink reads them.
    ///
    /// - Parameters:
    ///   - random: Where they are drawn from.
    ///   - areBrief: Whether each ends soon: callers that wait for a receiver that never recovers wait for as long as all
    ///     their batches are tried.
    /// - Returns: Faults, one behind the other; empty for none.
    static func text(_ random: inout SplitMix64, areBrief: Bool) -> String {
        guard random.happens(0.75) else { return "" }
        let count = random.pick([1, 1, 2, 3])
        return (0..<count).map { _ in fault(&random, isBrief: areBrief) }.joined(separator: ";")
    }

    private static func fault(_ random: inout SplitMix64, isBrief: Bool) -> String {
        let probability = random.pick(["0.1", "0.3", "0.6", "1"])
        let usual = [
            "delay=uniform:1ms..15ms", "delay=40ms", "status=503", "status=429", "status=502", "status=400",
            "status=413",
            "partial=2", "close", "reset", "hang", "garbage", "lost", "half_close", "slow_read=20KB", "drip=4KB",
        ]
        switch Int.random(in: 0..<40, using: &random) {
        // A second each, the shortest that a receiver can ask for: rare, so that the sweep is quick.
        case 0: return "status=503,retry_after=1s,next=1"
        case 1: return "restart=15ms,at=\(Int.random(in: 0...20, using: &random))ms"
        case 2...3: return "refuse,at=\(Int.random(in: 0...20, using: &random))ms,for=25ms"
        default: return "\(random.pick(usual)),p=\(probability)\(window(&random, isBrief: isBrief))"
        }
    }

    /// When it strikes: always, for a number of requests, or for a time.
    private static func window(_ random: inout SplitMix64, isBrief: Bool) -> String {
        switch Int.random(in: 0..<(isBrief ? 2 : 4), using: &random) {
        case 0: ",next=\(Int.random(in: 1...4, using: &random))"
        case 1: ",at=\(Int.random(in: 0...10, using: &random))ms,for=\(Int.random(in: 5...60, using: &random))ms"
        default: ""
        }
    }
}

extension MetricCatalogue {
    /// What the sink finds when it looks at items more closely, over whole repetitions: warm-up and shutdown count too.
    static let findings: [Metric] = [
        finding("corrupted", "arrivals whose content is not what their checksums say") {
            // Nothing is proved of a system whose items carry no checksums.
            ($0.checksummed ?? 0) > 0 ? $0.corrupted : nil
        },
        finding("duplicated_by_retry", "arrivals of items already delivered, after an answer that was lost") {
            $0.duplicatedByRetry
        },
        finding("duplicated_by_bug", "arrivals of items already delivered, although the answer was sent") {
            $0.duplicatedByBug
        },
        finding("wrong_tenant", "arrivals under the resource of another tenant than their producer's") {
            $0.wrongTenant
        },
        finding("canaries_leaked", "planted secrets that were found in what arrived") { $0.canariesLeaked },
        finding("reordered", "items that arrived after a later one of their producer and signal", .neutral) {
            $0.reordered
        },
        Metric(
            "wire_violations",
            .lowerIsBetter,
            needsLedger: true,
            ofRepetitions: "how often requests broke OTLP's rules"
        ) { repetition in
            guard let violations = repetition.ledger?.wireViolations else {
                return .absent("the receiver does not look for it")
            }
            return .value(Double(violations.reduce(0) { $0 + $1.count }), samples: nil)
        },
        Metric("leaks", ofRuns: "whether a leak check found something that grows with the work: 1 for yes") { result in
            switch result.leak?.verdict {
            case .leak: .value(1, samples: nil)
            case .ok, .growingBounded: .value(0, samples: nil)
            case .inconclusive: .notApplicable("the leak check cannot tell")
            case nil: .absent("no leak check was made")
            }
        },
    ]

    private static func finding(
        _ name: String,
        _ explanation: String,
        _ direction: MetricDirection = .lowerIsBetter,
        _ count: @escaping @Sendable (LedgerFindings) -> UInt64?
    ) -> Metric {
        Metric(name, direction, needsLedger: true, ofRepetitions: explanation) { repetition in
            guard let findings = repetition.ledger?.findings else {
                return .absent("the receiver does not look for it")
            }
            return count(findings).map { .value(Double($0), samples: nil) } ?? .absent("there was nothing to look at")
        }
    }
}

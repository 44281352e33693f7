import HarnessCore

/// One way for a receiver to go bad, as the campaign tries it.
package struct CampaignCase: Sendable, Equatable {
    /// Its name, by which it is chosen.
    package let name: String
    /// The faults as text.
    package let faults: String
    /// What it stands for.
    package let explanation: String

    private init(_ name: String, _ faults: String, _ explanation: String) {
        self.name = name
        self.faults = faults
        self.explanation = explanation
    }

    /// All cases; every kind of fault occurs.
    package static let all = [
        CampaignCase("delay", "delay=uniform:20ms..120ms", "a receiver that is slow"),
        CampaignCase("late", "delay=600ms,p=0.5", "answers that come after the client has given up"),
        CampaignCase("throttle", "status=429,retry_after=1s", "too many requests, come back in a second"),
        CampaignCase(
            "unavailable",
            "status=503,retry_after=1s,retry_after_form=date,p=0.5",
            "unavailable, come back at a given time"
        ),
        CampaignCase("gateway", "status=502,p=0.4;status=504,p=0.4", "a gateway without anybody behind it"),
        CampaignCase(
            "refused",
            "status=400,p=0.2;status=401,p=0.2;status=404,p=0.2;status=500,p=0.2",
            "errors that must not be retried"
        ),
        CampaignCase("too_large", "status=413,p=0.5", "requests that are too large"),
        CampaignCase("partial", "partial=3,p=0.5", "requests of which three items are rejected"),
        CampaignCase("close", "close,p=0.7", "connections that end before the answer"),
        CampaignCase("reset", "reset,p=0.7", "connections that are reset within a request"),
        CampaignCase("hang", "hang,p=0.7", "requests that are never answered"),
        CampaignCase("slow_read", "slow_read=1MB", "requests that are read slowly"),
        CampaignCase("drip", "drip=2KB", "answers that come byte by byte"),
        CampaignCase("garbage", "garbage,p=0.5", "answers that are not HTTP"),
        CampaignCase("lost", "lost,p=0.5", "answers that get lost after everything was taken"),
        CampaignCase("half_close", "half_close", "kept connections that answer once"),
        CampaignCase("refuse", "refuse", "nobody listens"),
        CampaignCase("restart", "restart=300ms", "a restart on the same port"),
    ]

    /// The cases with these names; all for none.
    ///
    /// - Parameter names: what the user asked for.
    /// - Returns: at least one case, in their usual order.
    /// - Throws: `RunError` of usage for a name that there is not, with the nearest one.
    package static func selection(_ names: [String]) throws(RunError) -> [CampaignCase] {
        let known = all.map(\.name)
        for name in names where !known.contains(name) {
            let guess = Suggestion.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
            throw .usage("there is no case '\(name)'; \(guess ?? "there are: \(known.joined(separator: ", "))")")
        }
        return names.isEmpty ? all : all.filter { names.contains($0.name) }
    }
}

/// One run of the campaign: a case, and how the SDK is set up for it.
package struct CampaignCell: Sendable, Equatable {
    /// The faults.
    package let faultCase: CampaignCase
    /// What the SDK does when its queue is full: `drop` or `wait`.
    package let overflow: String
    /// How it encodes: `http/protobuf` or `http/json`.
    package let encoding: String

    /// `close/drop/http/json`.
    package var name: String { "\(faultCase.name)/\(overflow)/\(encoding)" }

    /// What an SDK can do when its queue is full.
    package static let overflows = ["drop", "wait"]
    /// How it can encode.
    package static let encodings = ["http/protobuf", "http/json"]

    /// All cells of some cases.
    package static func all(
        of cases: [CampaignCase],
        overflows: [String] = overflows,
        encodings: [String] = encodings
    ) -> [CampaignCell] {
        cases.flatMap { faultCase in
            overflows.flatMap { overflow in
                encodings.map {
                    CampaignCell(faultCase: faultCase, overflow: overflow, encoding: $0)
                }
            }
        }
    }
}

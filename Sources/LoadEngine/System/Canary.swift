/// Planted secrets: what a system that guards privacy must not send.
///
/// Each text contains the ``needle``, a word that occurs nowhere else, and which the sink looks for in every byte that it
/// receives. They are planted only where a guard can know them: under keys that name secrets, and in shapes of secrets
/// within values and bodies. Names of items, and secrets without a shape under harmless keys, hold none.
public struct Canary: Sendable {
    /// The word that all of them contain: sixteen capital letters and digits, drawn from the seed.
    public let needle: String
    /// Attributes with secrets: key and value.
    public let attributes: [(key: String, value: String)]
    /// Texts of log records and errors with secrets.
    public let texts: [String]

    /// The secrets of a run.
    ///
    /// - Parameter seed: the seed of the run.
    public init(seed: UInt64) {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        let stream = SeededHash.value(seed, 0x63_616E_6172_79)
        let needle = String(
            (0..<16).map { index in
                // A letter first, so that no part of it looks like a number.
                letters[Int(SeededHash.value(stream, index) % (index == 0 ? 26 : 36))]
            }
        )
        self.needle = needle
        attributes = [
            ("bench.contact", "\(needle)@example.com"),
            ("bench.note", "please write to \(needle)@example.com today"),
            ("bench.cloud", "with key AKIA\(needle)"),
            ("bench.payment", "sk_live_\(needle)\(needle)"),
            ("bench.commit", "ghp_\(needle)\(needle)abcd"),
            ("bench.header", "Authorization: Bearer \(needle)\(needle)"),
            ("bench.credentials", "Bearer \(needle)"),
            ("bench.link", "https://bob:\(needle)@example.com/orders?token=\(needle)"),
            ("bench.arguments", "--user bob password=\(needle)"),
            ("password", needle), ("api_key", needle), ("user.email", needle), ("authorization", "Basic \(needle)"),
        ]
        texts = [
            "login of \(needle)@example.com failed", "refused with Bearer \(needle)\(needle)",
            "cannot open https://bob:\(needle)@example.com/", "called with api_key=\(needle) twice",
        ]
    }
}

extension ProducerContext {
    /// Whether the item or measurement with this number holds planted secrets.
    public func hasCanary(_ number: UInt64) -> Bool {
        workload.canaryEvery > 0 && number % UInt64(workload.canaryEvery) == 0
    }
}

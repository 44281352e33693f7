/// A known failure that is put up with until a date.
package struct Waiver: Codable, Equatable, Sendable {
    /// The id of the gate.
    package var gate: String
    /// Why it is put up with.
    package var reason: String
    /// The last day on which it holds, in UTC: `2026-12-01`.
    package var until: String

    /// Makes the value from its parts.
    package init(gate: String, reason: String, until: String) {
        self.gate = gate
        self.reason = reason
        self.until = until
    }
}

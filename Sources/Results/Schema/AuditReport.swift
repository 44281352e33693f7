/// Who says what of the same items: the producers, the system itself and the ledger of the sink, over a whole repetition.
///
/// What a party does not know is absent.
package struct AuditReport: Codable, Equatable, Sendable {
    /// What one quantity is by each party's word.
    package struct Row: Codable, Equatable, Sendable {
        /// What it is about: `total` (logs and spans), `logs`, `spans`, `metrics`, or `tenant 0` and so on.
        package var subject: String
        /// The quantity, such as `accepted`.
        package var quantity: String
        /// What the producers counted.
        package var producers: Int64?
        /// What the system says.
        package var system: Int64?
        /// What the sink has.
        package var ledger: Int64?
    }

    /// Something that must be so.
    package struct Relation: Codable, Equatable, Sendable {
        /// The relation in words, such as `accepted = delivered + dropped + queued`.
        package var name: String
        /// What it is about, as in ``Row/subject``.
        package var subject: String
        /// The left side.
        package var left: Int64
        /// The right side.
        package var right: Int64
        /// Whether it holds.
        package var holds: Bool

        /// The relation with its numbers, as a sentence about what does not balance.
        package var sentence: String { "\(subject): \(name) does not hold: \(left) against \(right)" }
    }

    /// All quantities, grouped by subject.
    package private(set) var rows: [Row] = []
    /// All relations that could be checked.
    package private(set) var relations: [Relation] = []

    /// An empty table.
    package init() {}

    /// Whether every relation holds.
    package var balances: Bool { relations.allSatisfy(\.holds) }

    /// Adds a quantity, unless nobody knows it.
    package mutating func add(
        _ subject: String,
        _ quantity: String,
        producers: UInt64? = nil,
        system: UInt64? = nil,
        ledger: UInt64? = nil
    ) {
        guard producers != nil || system != nil || ledger != nil else { return }
        let signed = { (value: UInt64?) in value.map { Int64(clamping: $0) } }
        rows.append(
            Row(
                subject: subject,
                quantity: quantity,
                producers: signed(producers),
                system: signed(system),
                ledger: signed(ledger)
            )
        )
    }

    /// Adds a relation of two numbers that must be equal; with `atMost` the left one may be smaller.
    package mutating func require(
        _ subject: String,
        _ name: String,
        _ left: UInt64,
        _ right: UInt64,
        atMost: Bool = false
    ) {
        relations.append(
            Relation(
                name: name,
                subject: subject,
                left: Int64(clamping: left),
                right: Int64(clamping: right),
                holds: atMost ? left <= right : left == right
            )
        )
    }
}

/// How many items of a phase the queue of the system can cost, as far as that is certain beforehand.
struct LossBound: Encodable, Equatable {
    /// The phase.
    var phase: String
    /// The signal whose queue is meant: `logs` or `spans`.
    var signal: String
    /// Items that are lost whatever happens; nil where that cannot be said.
    var itemsAtLeast: UInt64?
    /// Items that can be lost at the worst.
    var itemsAtMost: UInt64
    /// The bound in words.
    var statement: String
    /// What the bound rests on: the settings, and what has to hold besides.
    var restsOn: [String]
}

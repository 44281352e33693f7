/// How the operations of a planned rate are spread over its time.
package enum ArrivalProcess: Sendable, Equatable {
    /// Operation n starts where the area under the rate reaches n.
    case uniform
    /// Starts as random as those of many independent callers, all drawn from the seed.
    ///
    /// A Poisson process whose total is known: the starts of each producer are its share of operations at independent,
    /// evenly distributed places of the area under the rate, in their order. So the totals are as exact as in the uniform
    /// case, and the gaps at a constant rate are exponentially distributed, as far as a known total allows.
    case poisson(seed: UInt64)
}

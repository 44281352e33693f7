/// What the response times of an open model must be when the system stalls once.
///
/// The closed form, with the drain modelled. One producer has operations intended at a constant distance `1/λ`, all in
/// all for `T` seconds. From one of them on, the system answers nobody for `S` seconds; before and after, a call takes
/// `x`. An operation intended `u` seconds after the stall began is the `λu`-th that waits. The producer issues them one
/// after the other as soon as the stall is over, `d` seconds apart (`d ≥ x`: the call, and what the generator itself
/// needs for one), so it ends at `S + λu·d + x`, and its response time is
///
///     r(u) = S + λu·d + x − u = S + x − u(1 − ρ)        ρ = λd, the load; below 1
///
///     response
///     S + x ┤╲
///           │  ╲  slope −(1 − ρ)
///         x ┤────╲────────────
///           0     S/(1 − ρ)    T   u
///
/// It falls until the backlog is gone at `u* = S/(1 − ρ)`, or until the plan ends. Because arrivals are evenly spread,
/// the part of all operations with a response time above `r(u)` is `u/T`. So the q-quantile is
///
///     S + x − (1 − q)·T·(1 − ρ)        while (1 − q)·T < min(u*, what is left of the plan)
///     x                                below that
///
/// With `x = d = 0` this is the identity `S − (1 − q)·T` for a drain that takes no time. Several producers that stall
/// together share the rate: each has its own `λ`, and the quantiles are those of one of them.
package struct StallPrediction: Sendable, Equatable {
    /// How long the system stalls, in seconds.
    package var stallSeconds: Double
    /// How long operations are intended for, in seconds.
    package var planSeconds: Double
    /// When the stall begins, in seconds from the first operation.
    package var offsetSeconds: Double
    /// Operations that one producer intends in a second.
    package var ratePerSecond: Double
    /// How long a call takes when nothing stalls, in seconds.
    package var serviceSeconds: Double
    /// The distance of two operations while the backlog is worked off, in seconds.
    package var drainSeconds: Double

    /// Creates a prediction; the rate times the distance has to be below 1, or no backlog would ever end.
    package init(
        stallSeconds: Double,
        planSeconds: Double,
        offsetSeconds: Double,
        ratePerSecond: Double,
        serviceSeconds: Double,
        drainSeconds: Double
    ) {
        precondition(ratePerSecond * drainSeconds < 1, "a producer that cannot keep its rate never catches up")
        self.stallSeconds = stallSeconds
        self.planSeconds = planSeconds
        self.offsetSeconds = offsetSeconds
        self.ratePerSecond = ratePerSecond
        self.serviceSeconds = serviceSeconds
        self.drainSeconds = drainSeconds
    }

    /// The part of the time that a producer needs to keep its rate, 0 … 1.
    package var load: Double { ratePerSecond * drainSeconds }

    /// The part of all operations that the stall delays, 0 … 1.
    package var delayedShare: Double {
        let backlog = stallSeconds / (1 - load)
        return min(backlog, max(0, planSeconds - offsetSeconds)) / planSeconds
    }

    /// The predicted quantile of response times.
    ///
    /// - Parameter quantile: 0 … 1.
    /// - Returns: seconds.
    package func responseSeconds(quantile: Double) -> Double {
        let above = 1 - quantile
        guard above < delayedShare else { return serviceSeconds }
        return stallSeconds + serviceSeconds - above * planSeconds * (1 - load)
    }
}

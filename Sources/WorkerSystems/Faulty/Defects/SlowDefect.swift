import LoadEngine
import Platform

/// A system whose calls take longer, by a share of themselves or by a time.
struct SlowDefect: PlantedDefect {
    static let manual = DefectManual(
        name: "slow",
        form: "=P%|D",
        place: .calls,
        explanation: "Makes each call longer by P % of the median call, or by D, by spinning."
    )

    private enum Extent {
        case share(Double)
        case nanoseconds(UInt64)
    }

    private let extent: Extent

    init(_ values: inout DefectValues) throws(SystemConfigurationError) {
        guard let text = values.text("slow"), text.hasSuffix("%") else {
            if let text = values.text("slow"), Double(text) != nil {
                throw values.refusal("slow", "has no unit; write \(text)% or \(text)us")
            }
            extent = .nanoseconds(try values.duration("slow"))
            return
        }
        guard let percent = Double(text.dropLast()), percent > 0, percent <= 100_000 else {
            throw values.refusal("slow", "is not a percentage above 0 and up to 100000; for example 20%")
        }
        extent = .share(percent / 100)
    }

    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem {
        let base = try site.make(site.configuration)
        return WrappedSystem(base) { [extent] parts in
            parts.makeProducer = { context in
                let producer = try base.makeProducer(context)
                return switch extent {
                case .nanoseconds(let time): DelayedProducer(producer, by: time)
                case .share(let share): SlowedProducer(producer, by: share, SpinLoop())
                }
            }
        }
    }
}

/// Spins for a time after each call.
private final class DelayedProducer: TelemetryProducer {
    private let base: any TelemetryProducer
    private let nanoseconds: UInt64

    init(_ base: any TelemetryProducer, by nanoseconds: UInt64) {
        self.base = base
        self.nanoseconds = nanoseconds
    }

    func perform(_ number: UInt64) -> Int {
        let accepted = base.perform(number)
        let end = MonotonicClock.deadline(after: nanoseconds)
        while MonotonicClock.now() < end {}
        return accepted
    }
}

/// Spins for a share of what half of the calls take at most.
///
/// A call may take no longer than two readings of the clock, so only one in sixteen is timed, and the spinning is
/// counted in steps of a loop whose pace was measured beforehand.
private final class SlowedProducer: TelemetryProducer {
    private let base: any TelemetryProducer
    private let share: Double
    private let loop: SpinLoop
    private var sampler = OneIn(16)
    private var medianNanoseconds = 0.0
    private var samples = 0.0
    private var word: UInt64

    init(_ base: any TelemetryProducer, by share: Double, _ loop: SpinLoop) {
        self.base = base
        self.share = share
        self.loop = loop
        word = loop.end
    }

    func perform(_ number: UInt64) -> Int {
        guard sampler.next() else {
            let accepted = base.perform(number)
            loop.spin(nanoseconds: medianNanoseconds * share, &word)
            return accepted
        }
        let began = MonotonicClock.now()
        let accepted = base.perform(number)
        let taken = max(0, Double(MonotonicClock.now() - began) - loop.clockNanoseconds)
        // The median, not the mean: a preempted call takes a thousand times as long as others. It moves by less and less of
        // itself towards each sample, so that it soon leaves the first, which is cold, and stays near where it then is.
        samples += 1
        let step = max(1 / 32, 1 / (1 + samples))
        medianNanoseconds *= taken > medianNanoseconds ? 1 + step : 1 - step
        if samples == 1 { medianNanoseconds = taken }
        loop.spin(nanoseconds: medianNanoseconds * share, &word)
        return accepted
    }
}

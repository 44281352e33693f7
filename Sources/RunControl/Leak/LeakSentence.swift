import HarnessCore
import LoadEngine
import Results

/// The answer of a leak check in words, with the figures that it rests on.
struct LeakSentence {
    private let findings: LeakFindings

    /// Prepares the sentence.
    init(_ findings: LeakFindings) {
        self.findings = findings
    }

    /// The sentence, without its full stop.
    var text: String {
        switch findings.verdict {
        case .leak: leak
        case .ok: ok
        case .growingBounded: growingBounded
        case .inconclusive: inconclusive
        }
    }

    private var ok: String {
        guard let check = findings.trial(.check), let growth = growth(of: check, .check) else { return "" }
        let others = [(LeakTrialKind.sessions, "sessions"), (.threads, "threads")].filter {
            findings.trial($0.0) != nil
        }
        let also = others.isEmpty ? "" : ", nor with \(others.map(\.1).joined(separator: " or "))"
        return "bytes in use do not grow: \(Self.described(growth, check)), allowed \(allowed(check))\(also)"
    }

    private var leak: String {
        let causes = findings.causes.map { cause -> String in
            guard let trial = findings.trial(cause.kind) else { return "" }
            switch cause.resource {
            case .bytes:
                let growth = growth(of: trial, cause.kind).map { Self.described($0, trial) } ?? ""
                return "bytes in use grow by \(growth), allowed \(allowed(trial)): " + Self.unit(cause)
            case .descriptors, .threads:
                let count = cause.resource == .threads ? trial.threadGrowth : trial.descriptorGrowth
                return "\(Quantity.format(count: UInt64(clamping: count ?? 0))) \(cause.resource.rawValue) more after "
                    + "\(trial.counted) cycles: " + Self.unit(cause)
            }
        }
        return causes.joined(separator: "; ")
    }

    /// What the growth goes with.
    private static func unit(_ cause: LeakCause) -> String {
        guard let unit = cause.unit, let amount = cause.perUnit else {
            return "it goes neither with items nor with flushes, so with time or cycles"
        }
        return cause.resource == .bytes
            ? "\(bytes(amount, unit)), it goes with \(unit.plural)\(rounding(amount))"
            : "\(handles(amount, unit)), it goes with \(unit.plural)"
    }

    /// `80 B a flush`, or `54 B for every 1,000 items` where one has less than a byte.
    private static func bytes(_ amount: Double, _ unit: LeakCause.Unit) -> String {
        guard amount < 1, amount > 0 else {
            return "\(Quantity.format(bytes: amount)) \(unit == .item ? "an" : "a") \(unit.rawValue)"
        }
        let scale = scale(of: amount, least: 10)
        return "\(Quantity.format(bytes: amount * scale)) for every \(Quantity.format(number: scale)) \(unit.plural)"
    }

    /// Which blocks the allocator makes of so many bytes; empty where they cannot be one block.
    ///
    /// glibc puts 8 bytes beside each block, rounds up to 16 and gives 32 at least: `request2size` of `malloc/malloc.c`.
    private static func rounding(_ amount: Double) -> String {
        let whole = amount.rounded()
        guard abs(amount - whole) < 0.05, whole >= 48, whole <= 65_536,
            whole.truncatingRemainder(dividingBy: 16) == 0
        else { return "" }
        let (least, most) = (Int(whole) - 23, Int(whole) - 8)
        return " (if it is one block, one of \(least) to \(most) B was asked for: malloc adds 8 and rounds up to 16)"
    }

    /// `1 a session`, or `about 1 for every 50 flushes`: readings at ends of cycles tell no more exactly.
    private static func handles(_ amount: Double, _ unit: LeakCause.Unit) -> String {
        guard amount < 0.75, amount > 0 else {
            return "\(Quantity.format(number: amount)) \(unit == .item ? "an" : "a") \(unit.rawValue)"
        }
        return "about 1 for every \(Quantity.format(number: 1 / amount, decimals: 0)) \(unit.plural)"
    }

    /// The power of ten that brings a small amount to at least `least`.
    private static func scale(of amount: Double, least: Double) -> Double {
        var scale = 1.0
        while amount * scale < least, scale < 1e12 { scale *= 10 }
        return scale
    }

    private var growingBounded: String {
        for kind in [LeakTrialKind.check, .sessions, .threads] where findings.verdict(of: kind) == .growingBounded {
            guard let trial = findings.trial(kind), let first = trial.checkpoints.first?.bytesInUse,
                let last = trial.checkpoints.last?.bytesInUse
            else { continue }
            let grown = Quantity.format(bytes: Double(last) - Double(first))
            return "bytes in use grew by \(grown) over \(trial.checkpoints.count) cycles\(Self.place(kind)), less and "
                + "less: something fills up, and does not grow for ever"
        }
        return ""
    }

    private var inconclusive: String {
        for kind in [LeakTrialKind.check, .sessions, .threads] where findings.verdict(of: kind) == .inconclusive {
            guard let trial = findings.trial(kind) else { continue }
            guard let growth = growth(of: trial, kind) else {
                return "bytes in use were not measured in every cycle\(Self.place(kind))"
            }
            guard trial.verdict != .leak else {
                return "growth\(Self.place(kind)) did not come again in a second series: "
                    + "\(Self.described(growth, trial)), allowed \(allowed(trial))"
            }
            return "growth\(Self.place(kind)) may be more than allowed or less: \(Self.described(growth, trial)), "
                + "allowed \(allowed(trial)); more cycles or a quieter machine can tell"
        }
        return "no series of cycles came to its end"
    }

    // MARK: - Pieces

    private func growth(of trial: LeakTrial, _ kind: LeakTrialKind) -> LeakGrowth? {
        trial.growth?.beyond(kind == .check ? findings.control : nil)
    }

    private func allowed(_ trial: LeakTrial) -> String {
        Quantity.format(bytes: findings.settings.tolerance(items: trial.itemsPerCycle))
    }

    private static func place(_ kind: LeakTrialKind) -> String {
        switch kind {
        case .sessions: " with sessions"
        case .threads: " with threads"
        default: ""
        }
    }

    private static func described(_ growth: LeakGrowth, _ trial: LeakTrial) -> String {
        "\(Quantity.format(bytes: growth.slope)) a cycle of \(Quantity.format(count: trial.itemsPerCycle)) items "
            + "(99 %: \(Quantity.format(bytes: growth.low)) to \(Quantity.format(bytes: growth.high)))"
    }
}

extension LeakCause.Unit {
    /// More than one of them.
    fileprivate var plural: String { self == .flush ? "flushes" : rawValue + "s" }
}

import HarnessCore
import Measurement

/// Decides how a change of a timed metric stands, and says why.
///
/// *Regressed* is a confirmed finding. Of pairs, which can be measured again in the same minute, only fresh ones confirm it:
/// an estimate beyond the limit, certain after Holm's correction, on figures that nobody has looked at before. However bad
/// the first pairs look, they make a row *suspect*. Sets that were measured apart cannot be measured again together: there
/// the whole interval has to lie beyond the limit, in which case equal builds are all but never called regressed.
struct ChangeVerdict {
    /// The spread above which only an interval wholly beyond the limit counts, as a share: 30 %.
    static let spreadCeiling = 0.3

    /// The test.
    let test: ChangeTest
    /// The limit on the scale of the test.
    let limit: Double
    /// p after the correction for all gates that are judged together.
    let adjustedP: Double
    /// Why a regression cannot be certain, as a clause; nil where it can.
    let obstacle: String?
    /// Whether the values are of pairs that were measured afresh after a screen.
    let isConfirmation: Bool
    /// What the candidate loses more than the baseline, as a clause; nil where it does not.
    let loss: String?
    /// The smallest effect that can be told from none, as a share, in words.
    let detectableText: String
    /// How many pairs, or runs of each side, would decide; in words.
    let neededText: String

    /// How the row stands, with the clause that follows the figures.
    func decide() -> (RowVerdict, String) {
        guard let interval = test.interval else {
            return (.inconclusive, "so few give no interval of 95 % confidence: \(neededText)")
        }
        let isSignificant = adjustedP <= ChangeTest.level
        // However far equal runs lie apart, an interval that is wholly beyond the limit says enough.
        let isFarWorse = interval.lower > limit
        let isFarBetter = interval.upper < -limit && isSignificant && obstacle == nil
        guard test.spread <= Self.spreadCeiling || isFarWorse || isFarBetter else {
            let spread = RegressionLimit.percent((test.spread * 100).rounded() / 100)
            return (
                .inconclusive,
                "equal runs differ by \(spread) %, and above 30 % only an interval beyond the limit counts"
            )
        }
        if test.estimate > limit { return beyond(interval.lower, isSignificant) }
        if interval.upper < -limit || (isConfirmation && test.estimate < -limit), isSignificant {
            return better()
        }
        guard interval.upper <= limit else {
            return (.inconclusive, "the limit lies within the interval: \(neededText)")
        }
        guard let detectable = test.detectable, detectable <= limit else {
            return (.inconclusive, "a change of \(detectableText) could go unseen: \(neededText)")
        }
        return (.pass, "a change of \(detectableText) would have been seen")
    }

    private func better() -> (RowVerdict, String) {
        if let loss { return (.inconclusive, "that is no improvement, for \(loss)") }
        if let obstacle { return (.pass, "no improvement is claimed, for \(obstacle)") }
        return (.improved, "that is better by more than chance")
    }

    private func beyond(_ lower: Double, _ isSignificant: Bool) -> (RowVerdict, String) {
        guard lower > 0 else {
            return (.inconclusive, "no change at all is possible as well: \(neededText)")
        }
        guard isSignificant else {
            let p = Quantity.format(number: adjustedP, decimals: 3)
            return (.suspect, "among all gates that is not certain (p = \(p) after Holm's correction): \(neededText)")
        }
        if let obstacle { return (.suspect, "not certain, for \(obstacle)") }
        if isConfirmation { return (.regressed, "confirmed on pairs measured afresh") }
        let isWhole = lower > limit
        guard test.method == .paired else {
            return isWhole
                ? (.regressed, "the whole interval is beyond the limit")
                : (.suspect, "the interval reaches below the limit; bench ab --confirm can tell")
        }
        let extent = isWhole ? "the whole interval is beyond the limit" : "the interval reaches below the limit"
        return (.suspect, "\(extent), and no fresh pairs confirm it (bench ab --confirm)")
    }
}

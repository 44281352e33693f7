/// The layout of one series' numbers: words of 64 bits, so that a collection copies all series of an instrument at once.
///
///     sum         count, sum, remainder (doubles only)
///     gauge       count, value
///     histogram   count, sum, minimum, maximum, buckets …
///
/// `count` is the number of measurements since the words were cleared; a series without any is not reported.
enum SeriesWords {
    /// How many measurements the words hold.
    static let count = 0
    /// A sum, or the value of a gauge.
    static let value = 1
    /// What the sum of doubles lacks for being exact.
    static let remainder = 2
    /// The least value of a histogram.
    static let minimum = 2
    /// The greatest value of a histogram.
    static let maximum = 3
    /// The first bucket of a histogram.
    static let buckets = 4

    /// The number of words of a series.
    static func stride(of descriptor: InstrumentDescriptor) -> Int {
        switch descriptor.kind {
        case .counter, .upDownCounter: 3
        case .gauge: 2
        case .histogram: buckets + descriptor.bounds.count + 1
        }
    }

    /// The words of a series without measurements.
    static func empty(of descriptor: InstrumentDescriptor) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: stride(of: descriptor))
        if descriptor.kind == .histogram {
            words[minimum] = Double.infinity.bitPattern
            words[maximum] = (-Double.infinity).bitPattern
        }
        return words
    }
}

/// How a figure went since the beginning, in no more points than the widest frame can show.
///
/// When there are too many, neighbours become one that has the greater of both: no peak is lost.
struct BoundedCourse {
    private static let capacity = 60

    /// The points, the latest last; the last may stand for fewer values than the others.
    private(set) var values: [Double] = []
    private var stride = 1
    private var inLast = 0

    /// Adds a value.
    mutating func append(_ value: Double) {
        if inLast > 0, inLast < stride {
            values[values.count - 1] = max(values[values.count - 1], value)
            inLast += 1
            return
        }
        values.append(value)
        inLast = 1
        guard values.count > Self.capacity else { return }
        values = Swift.stride(from: 0, to: values.count, by: 2).map { index in
            index + 1 < values.count ? max(values[index], values[index + 1]) : values[index]
        }
        stride *= 2
    }
}

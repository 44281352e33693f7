/// A rate of operations over time that is linear in each of its pieces, in exact integers.
///
///     rate │        ╱‾‾‾‾‾‾│
///          │      ╱        │____
///          └────┴──────────┴──────▶ t
///
/// Rates are numerators over ``perNanoseconds``. Areas under the curve are counted in units of 1 / (2 · perNanoseconds)
/// operations, in which the area of each whole piece is the integer duration · (from + to).
package struct RateCurve: Sendable, Equatable {
    /// One piece: the rate goes evenly from `from` to `to`.
    package struct Piece: Sendable, Equatable, Codable {
        /// The rate at its start, in operations per ``RateCurve/perNanoseconds``.
        package let from: UInt64
        /// The rate at its end, in the same unit.
        package let to: UInt64
        /// How long it lasts, in nanoseconds; at least 1.
        package let durationNanoseconds: UInt64

        /// Creates a piece.
        package init(from: UInt64, to: UInt64, durationNanoseconds: UInt64) {
            self.from = from
            self.to = to
            self.durationNanoseconds = durationNanoseconds
        }

        private enum CodingKeys: String, CodingKey {
            case from
            case to
            case durationNanoseconds = "duration_ns"
        }
    }

    /// The most pieces of a curve.
    package static let maximumPieces = 1_000

    /// What the rates of the pieces are counted in.
    package let perNanoseconds: UInt64
    /// The pieces in their order; at least one.
    package let pieces: [Piece]
    /// When each piece ends, in nanoseconds from the start.
    let ends: [UInt64]
    /// The area up to the end of each piece.
    let areas: [UInt128]

    /// Creates a curve, or nil when it has no area, or cannot be computed exactly in 128 bits.
    ///
    /// The limits: at most ``maximumPieces``, rates of at most one operation a nanosecond with a denominator below 2^50,
    /// pieces shorter than 2^55 ns (417 days), and (from + to) · duration² below 2^126 where the rate changes.
    package init?(perNanoseconds: UInt64, pieces: [Piece]) {
        guard (1..<(1 << 50)).contains(perNanoseconds), (1...Self.maximumPieces).contains(pieces.count) else {
            return nil
        }
        var ends: [UInt64] = []
        var areas: [UInt128] = []
        for piece in pieces {
            let duration = piece.durationNanoseconds
            guard max(piece.from, piece.to) <= perNanoseconds, (1..<(1 << 55)).contains(duration) else { return nil }
            let area = UInt128(piece.from + piece.to) * UInt128(duration)
            guard piece.from == piece.to || area < (UInt128(1) << 126) / UInt128(duration) else { return nil }
            ends.append((ends.last ?? 0) + duration)
            areas.append((areas.last ?? 0) + area)
        }
        guard let total = areas.last, total > 0 else { return nil }
        self.perNanoseconds = perNanoseconds
        self.pieces = pieces
        self.ends = ends
        self.areas = areas
    }

    /// How long the curve is, in nanoseconds.
    package var durationNanoseconds: UInt64 { ends[ends.count - 1] }

    /// The area under the whole curve, in units of 1 / (2 · perNanoseconds) operations.
    var area: UInt128 { areas[areas.count - 1] }

    /// The area that one operation takes.
    var areaOfOperation: UInt128 { 2 * UInt128(perNanoseconds) }

    /// How many operations start within the curve: all n for which the area before some moment of it exceeds n.
    package var operations: UInt128 { (area + areaOfOperation - 1) / areaOfOperation }

    /// The highest rate, in operations per ``perNanoseconds``.
    package var peak: UInt64 { pieces.reduce(0) { max($0, $1.from, $1.to) } }

    /// The rate at a moment in operations per second: at a jump the one after it, and 0 after the end.
    package func ratePerSecond(at time: UInt64) -> Double {
        guard let index = ends.firstIndex(where: { $0 > time }) else { return 0 }
        let piece = pieces[index]
        let share = Double(time - start(of: index)) / Double(piece.durationNanoseconds)
        let rate = Double(piece.from) + (Double(piece.to) - Double(piece.from)) * share
        return rate * 1e9 / Double(perNanoseconds)
    }

    /// When a piece begins, in nanoseconds from the start of the curve.
    func start(of index: Int) -> UInt64 { index == 0 ? 0 : ends[index - 1] }

    /// The intended start of an operation in nanoseconds from the start of the curve.
    ///
    /// The last whole nanosecond before which the area is no more than `operation`: where the area reaches it, rounded
    /// down, and not while the rate is zero.
    package func time(ofOperation operation: UInt64) -> UInt64 {
        let area = UInt128(operation) * areaOfOperation
        guard let index = areas.firstIndex(where: { $0 > area }) else { return durationNanoseconds }
        return time(ofArea: area, in: index)
    }

    /// Where the area reaches a value in the piece at `index`, in nanoseconds from the start of the curve.
    @inline(__always)
    func time(ofArea area: UInt128, in index: Int) -> UInt64 {
        start(of: index) + pieces[index].time(ofArea: area - (index == 0 ? 0 : areas[index - 1]))
    }

    /// How many operations start before a moment: ⌈area before it⌉.
    package func operations(before time: UInt64) -> UInt128 {
        guard let index = ends.firstIndex(where: { $0 > time }) else { return operations }
        let before = (index == 0 ? 0 : areas[index - 1]) + pieces[index].areaRoundedUp(before: time - start(of: index))
        return (before + areaOfOperation - 1) / areaOfOperation
    }
}

extension RateCurve: Codable {
    private enum CodingKeys: String, CodingKey {
        case perNanoseconds = "per_ns"
        case pieces
    }

    /// Reads a curve and checks its limits.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let curve = RateCurve(
            perNanoseconds: try container.decode(UInt64.self, forKey: .perNanoseconds),
            pieces: try container.decode([Piece].self, forKey: .pieces)
        )
        guard let curve else {
            throw DecodingError.dataCorruptedError(
                forKey: .pieces,
                in: container,
                debugDescription: "the curve is empty or outside of what can be computed exactly"
            )
        }
        self = curve
    }

    /// Writes the pieces and the unit of their rates.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(perNanoseconds, forKey: .perNanoseconds)
        try container.encode(pieces, forKey: .pieces)
    }
}

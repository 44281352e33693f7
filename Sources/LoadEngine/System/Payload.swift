/// The texts that a producer hands to the system: reproducible, and made before the first operation.
///
/// Where the length of values is drawn, there are several variants of everything, and each operation takes one of
/// them: what an operation sends is a pure function of the seed and its number, and costs no allocation.
public struct Payload: Sendable {
    /// The keys of the string attributes: 20 characters each, as in OpenTelemetry's benchmark specification
    /// (https://github.com/open-telemetry/opentelemetry-specification/blob/main/specification/performance-benchmark.md).
    public let keys: [String]
    /// The values of the keys, and behind them a text of the same length, for each variant.
    private let texts: [[String]]
    /// One less than the number of variants, which is a power of two.
    private let mask: UInt64
    private let stream: UInt64

    private static let maximumVariants = 64
    private static let maximumBytes = 8 << 20

    /// Makes the texts.
    ///
    /// - Parameters:
    ///   - workload: says how many attributes, and how long their values are.
    ///   - seed: the seed of the letters and of the lengths.
    public init(_ workload: Workload, seed: UInt64) {
        let count = max(0, workload.attributes - 1)
        keys = (0..<count).map { index in
            let digits = String(index)
            return "bench.attribute." + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        var variants = 1
        if !workload.valueLength.isFixed {
            let bytes = (count + 1) * max(1, workload.valueLength.maximum)
            while variants < Self.maximumVariants, variants * 2 * bytes <= Self.maximumBytes { variants *= 2 }
            variants = max(2, variants)
        }
        mask = UInt64(variants - 1)
        let stream = SeededHash.value(seed, 0)
        self.stream = stream
        let length = workload.valueLength
        texts = (0..<variants).map { variant in
            (0...count).map { index in
                let stream = SeededHash.value(stream, UInt64(variant * (count + 1) + index))
                let drawn = stream.multipliedFullWidth(by: UInt64(length.maximum - length.minimum + 1)).high
                return Self.text(length: length.minimum + Int(drawn), stream: stream)
            }
        }
    }

    /// The variant that an operation takes.
    ///
    /// - Parameter number: the number that ``TelemetryProducer/perform(_:)`` was called with.
    /// - Returns: an index for ``values(_:)`` and ``message(_:)``.
    @inlinable
    public func variant(of number: UInt64) -> Int {
        isFixed ? 0 : drawnVariant(of: number)
    }

    /// The values of ``keys``, and one text more behind them.
    public func values(_ variant: Int) -> [String] { texts[variant] }

    /// The text of a log record or an error.
    public func message(_ variant: Int) -> String { texts[variant][keys.count] }

    /// How many variants there are.
    public var variantCount: Int { texts.count }

    @usableFromInline var isFixed: Bool { mask == 0 }

    @usableFromInline
    func drawnVariant(of number: UInt64) -> Int {
        Int(truncatingIfNeeded: SeededHash.value(stream, number) & mask)
    }

    /// Lower-case letters.
    private static func text(length: Int, stream: UInt64) -> String {
        let letters = (0..<length).map { index in
            UInt8(ascii: "a") + UInt8(SeededHash.value(stream, UInt64(index)) % 26)
        }
        return String(decoding: letters, as: UTF8.self)
    }
}

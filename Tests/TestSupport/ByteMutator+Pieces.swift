package import HarnessCore

extension ByteMutator {
    /// Random bytes, from none up to `maximumCount`.
    package mutating func randomBytes(maximumCount: Int) -> [UInt8] {
        (0..<number(in: 0...maximumCount)).map { _ in byte() }
    }

    /// Splits bytes at random places into pieces of at least one byte.
    package mutating func pieces(_ bytes: [UInt8], maximumCount: Int) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let isLast = pieces.count == maximumCount - 1
            let count = isLast ? rest.count : number(in: 1...rest.count)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}

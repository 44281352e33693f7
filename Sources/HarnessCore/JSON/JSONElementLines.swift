/// Where the elements of an array stand in a document, for messages that point at a line.
///
/// Comments are skipped as profiles and thresholds may have them. The document is one that was parsed before: of a wrong
/// one the answer means nothing.
package enum JSONElementLines {
    /// The lines, from 1, on which the elements of a member of the root begin.
    ///
    /// - Parameters:
    ///   - key: the member, an array.
    ///   - document: the text, UTF-8.
    /// - Returns: a line for each element that is an object, in order; none where there is no such array.
    package static func lines(of key: String, in document: [UInt8]) -> [Int] {
        var scanner = Scanner(bytes: document)
        return scanner.lines(of: Array(key.utf8))
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0
        var line = 1

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        mutating func lines(of key: [UInt8]) -> [Int] {
            var (depth, lastString): (Int, [UInt8]) = (0, [])
            var (isInside, found): (Bool, [Int]) = (false, [])
            while let byte = next() {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"): lastString = string(until: byte)
                case UInt8(ascii: "/"): skipComment()
                case UInt8(ascii: "["), UInt8(ascii: "{"):
                    if depth == 1, byte == UInt8(ascii: "["), lastString == key { isInside = true }
                    if isInside, depth == 2, byte == UInt8(ascii: "{") { found.append(line) }
                    depth += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"):
                    depth -= 1
                    if isInside, depth == 1 { return found }
                default: break
                }
            }
            return found
        }

        private mutating func next() -> UInt8? {
            guard position < bytes.count else { return nil }
            defer { position += 1 }
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            return bytes[position]
        }

        private mutating func string(until quote: UInt8) -> [UInt8] {
            var text: [UInt8] = []
            while let byte = next(), byte != quote {
                text.append(byte)
                if byte == UInt8(ascii: "\\") { _ = next() }
            }
            return text
        }

        private mutating func skipComment() {
            switch next() {
            case UInt8(ascii: "/"): while let byte = next(), byte != UInt8(ascii: "\n") {}
            case UInt8(ascii: "*"):
                var previous: UInt8 = 0
                while let byte = next() {
                    if previous == UInt8(ascii: "*"), byte == UInt8(ascii: "/") { return }
                    previous = byte
                }
            default: break
            }
        }
    }
}

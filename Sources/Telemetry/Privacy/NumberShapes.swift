/// The shapes of sensitive numbers, as a test for texts that have digits and little else that is suspicious.
///
/// It tells timestamps, UUIDs, versions and most other numbers from those that `TextScanner` must look at.
enum NumberShapes {
    /// How many bytes are looked at a time: the bits of a word.
    private static let window = 64
    /// How far the next window is: two of them have more bytes in common than the longest shape has.
    private static let step = 48

    /// Whether a text may hold a telephone number, the number of a card or an IPv4 address; false only if it does not.
    ///
    /// Hot path: about 12 ns for 64 bytes.
    static func areContained(in text: UnsafeRawBufferPointer) -> Bool {
        var start = 0
        while true {
            let count = min(window, text.count - start)
            if isSuspicious(UnsafeRawBufferPointer(rebasing: text[start..<start + count])) { return true }
            guard start + count < text.count else { return false }
            start += step
        }
    }

    @inline(never)
    private static func isSuspicious(_ text: UnsafeRawBufferPointer) -> Bool {
        let bits = CharacterBits(text)
        return bits.hasAddressOrNumber || (bits.hasPlus && hasInternationalStart(text))
    }

    /// Whether somewhere is a plus with a digit behind it, and two digits or separators behind that.
    @inline(never)
    private static func hasInternationalStart(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 4 else { return false }
        return (0..<text.count - 3).contains { index in
            text[index] == UInt8(ascii: "+") && text[index + 1].isDigit
                && CharacterBits.isDigitOrJoint(text[index + 2]) && CharacterBits.isDigitOrJoint(text[index + 3])
        }
    }
}

/// Which of up to 64 bytes are digits, and which may stand between digits: a bit for each byte, the first one lowest.
private struct CharacterBits {
    private var digits: UInt64 = 0
    /// Blanks and `()*+,-.`, which have neighbouring codes: more than needed, and quickly found.
    private var joints: UInt64 = 0
    private var dots: UInt64 = 0
    private var pluses = BytePairs.Mask(repeating: false)

    @inline(__always)
    init(_ text: UnsafeRawBufferPointer) {
        guard text.count > 16 else {
            add(BytePairs.short(text), at: 0)
            return
        }
        var index = 0
        while index < text.count - 16 {
            add(BytePairs.load(text, at: index), at: index)
            index += 16
        }
        add(BytePairs.load(text, at: text.count - 16), at: text.count - 16)
    }

    @inline(__always)
    private mutating func add(_ block: BytePairs.Block, at index: Int) {
        let isJoint = ((block &- BytePairs.all("(")) .< BytePairs.Block(repeating: 7)) .| (block .== BytePairs.all(" "))
        digits |= BytePairs.bits(BytePairs.isDigit(block)) << UInt64(index)
        joints |= BytePairs.bits(isJoint) << UInt64(index)
        dots |= BytePairs.bits(block .== BytePairs.all(".")) << UInt64(index)
        pluses .|= (block .== BytePairs.all("+"))
    }

    /// Whether a plus is among the bytes.
    @inline(__always)
    var hasPlus: Bool {
        BytePairs.isAny(pluses)
    }

    /// Whether a byte counts as a digit or as a joint.
    static func isDigitOrJoint(_ byte: UInt8) -> Bool {
        byte.isDigit || byte &- UInt8(ascii: "(") < 7 || byte == UInt8(ascii: " ")
    }

    /// Whether the shape of a card, of an address or of a telephone number without a plus is among them.
    @inline(__always)
    var hasAddressOrNumber: Bool {
        let (d, j) = (digits, joints)
        let d2 = d & d >> 1
        let d3 = d2 & d >> 2
        let d4 = d2 & d2 >> 2
        let d8 = d4 & d4 >> 4
        // A card: thirteen digits, or four and three.
        let card = (d8 & d4 >> 8 & d >> 12) | (d4 & j >> 4 & d3 >> 5)
        // `123-456-7`, `123) 456-7`.
        let phone = d3 & j >> 3 & ((d3 >> 4 & j >> 7 & d >> 8) | (j >> 4 & d3 >> 5 & j >> 8 & d >> 9))
        // Three dots between digits, one to three digits apart.
        let between = dots & d << 1 & d >> 1
        let pair = between & (between >> 2 | between >> 3 | (between >> 4 & d >> 2))
        let address = pair & (pair >> 2 | pair >> 3 | pair >> 4)
        return card | phone | address != 0
    }
}

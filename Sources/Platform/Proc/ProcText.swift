import Glibc

/// A walk over the text of a `/proc` file, without allocation.
///
/// Valid only as long as the bytes: make it, use it and forget it within the closure that gives the bytes.
struct ProcText {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private static let space = UInt8(ascii: " ")
    private static let lineFeed = UInt8(ascii: "\n")

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || byte == UInt8(ascii: "\t")
    }

    /// The bytes of the next word on this line; nil at its end.
    mutating func word() -> Slice<UnsafeRawBufferPointer>? {
        while position < bytes.count, Self.isBlank(bytes[position]) {
            position += 1
        }
        let start = position
        while position < bytes.count, !Self.isBlank(bytes[position]), bytes[position] != Self.lineFeed {
            position += 1
        }
        return start < position ? bytes[start..<position] : nil
    }

    /// The next word on this line as a number; nil if there is none, or it is not a number below 2^64.
    mutating func number() -> UInt64? {
        word().flatMap(Self.number)
    }

    /// Goes to the start of the next line; false at the end of the text.
    mutating func nextLine() -> Bool {
        while position < bytes.count, bytes[position] != Self.lineFeed {
            position += 1
        }
        guard position < bytes.count else {
            return false
        }
        position += 1
        return position < bytes.count
    }

    /// What is left of this line, without blanks at its ends.
    mutating func restOfLine() -> Slice<UnsafeRawBufferPointer> {
        while position < bytes.count, Self.isBlank(bytes[position]) {
            position += 1
        }
        let start = position
        while position < bytes.count, bytes[position] != Self.lineFeed {
            position += 1
        }
        var end = position
        while end > start, Self.isBlank(bytes[end - 1]) {
            end -= 1
        }
        return bytes[start..<end]
    }

    /// Goes to the place after the last occurrence of `byte` in the text; false if there is none.
    mutating func skip(pastLast byte: UInt8) -> Bool {
        guard let index = bytes.lastIndex(of: byte) else {
            return false
        }
        position = index + 1
        return true
    }

    /// Goes to the place after the next occurrence of `byte` on this line; false if there is none.
    mutating func skip(past byte: UInt8) -> Bool {
        var index = position
        while index < bytes.count, bytes[index] != Self.lineFeed {
            if bytes[index] == byte {
                position = index + 1
                return true
            }
            index += 1
        }
        return false
    }

    /// A decimal number below 2^64, or nil.
    static func number(_ word: Slice<UnsafeRawBufferPointer>) -> UInt64? {
        guard !word.isEmpty else {
            return nil
        }
        var value: UInt64 = 0
        for byte in word {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
                return nil
            }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !overflow, !carry else {
                return nil
            }
            value = sum
        }
        return value
    }

    /// A hexadecimal number below 2^64 without a prefix, or nil.
    static func hexadecimal(_ word: Slice<UnsafeRawBufferPointer>) -> UInt64? {
        guard !word.isEmpty, word.count <= 16 else {
            return nil
        }
        var value: UInt64 = 0
        for byte in word {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            value = value << 4 | UInt64(digit)
        }
        return value
    }

    /// Whether a word is this text.
    static func equals(_ word: Slice<UnsafeRawBufferPointer>, _ text: StaticString) -> Bool {
        word.count == text.utf8CodeUnitCount
            && word.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

/// What turns the kernel's units into ours.
enum KernelUnits {
    /// Bytes in a page, for numbers in pages.
    static let pageBytes = UInt64(sysconf(Int32(_SC_PAGESIZE)))

    /// Nanoseconds in a clock tick: ten million, as `USER_HZ` is 100 on every Linux that Swift runs on.
    static let tickNanoseconds = 1_000_000_000 / UInt64(sysconf(Int32(_SC_CLK_TCK)))

    /// Ticks in nanoseconds; the end of the range where they do not fit.
    static func nanoseconds(ticks: UInt64) -> UInt64 {
        let (product, overflow) = ticks.multipliedReportingOverflow(by: tickNanoseconds)
        return overflow ? .max : product
    }

    /// A count of units in bytes; the end of the range where they do not fit.
    static func bytes(_ count: UInt64, unit: UInt64) -> UInt64 {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? .max : product
    }
}

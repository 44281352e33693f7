/// JSON under construction in memory that grows as needed and is kept for the next text.
///
/// Writes what it is told: commas and brackets are the caller's business. One thread at a time may use it.
package struct JSONBuffer: ~Copyable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    /// Bytes written.
    package private(set) var count = 0

    /// An empty buffer.
    package init(capacity: Int = 512) {
        self.capacity = max(64, capacity)
        base = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit {
        base.deallocate()
    }

    /// Forgets the text and keeps the memory.
    package mutating func removeAll() {
        count = 0
    }

    /// Calls `body` with the text; it is valid only meanwhile.
    package borrowing func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// The last byte written; 0 if there is none.
    var last: UInt8 {
        count > 0 ? base.load(fromByteOffset: count - 1, as: UInt8.self) : 0
    }

    // MARK: - Bytes

    /// Appends one byte as it is.
    @inline(__always)
    package mutating func append(byte: UInt8) {
        reserve(1)
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Appends bytes as they are.
    @inline(__always)
    package mutating func append(raw bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).copyMemory(from: start, byteCount: bytes.count)
        count += bytes.count
    }

    /// Appends text that needs no escapes, such as brackets, keys and numbers.
    package mutating func append(ascii text: String) {
        var text = text
        text.withUTF8 { append(raw: UnsafeRawBufferPointer($0)) }
    }

    /// Appends text that needs no escapes.
    @inline(__always)
    package mutating func append(ascii text: StaticString) {
        append(raw: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Takes back the last byte.
    mutating func removeLast() {
        count -= 1
    }

    private mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(to: count + more) }
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        let larger = max(needed, capacity * 2)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        memory.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = memory
        capacity = larger
    }

    // MARK: - Values

    /// Appends a string with its quotes, escaped as RFC 8259, section 7, demands.
    ///
    /// - Parameter utf8: Valid UTF-8.
    package mutating func append(string utf8: UnsafeRawBufferPointer) {
        append(byte: UInt8(ascii: "\""))
        var start = 0
        for index in utf8.indices {
            let byte = utf8[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            append(raw: UnsafeRawBufferPointer(rebasing: utf8[start..<index]))
            append(escaped: byte)
            start = index + 1
        }
        append(raw: UnsafeRawBufferPointer(rebasing: utf8[start...]))
        append(byte: UInt8(ascii: "\""))
    }

    private mutating func append(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(ascii: "\\\"" as StaticString)
        case UInt8(ascii: "\\"): append(ascii: "\\\\" as StaticString)
        case UInt8(ascii: "\n"): append(ascii: "\\n" as StaticString)
        case UInt8(ascii: "\r"): append(ascii: "\\r" as StaticString)
        case UInt8(ascii: "\t"): append(ascii: "\\t" as StaticString)
        default:
            append(ascii: "\\u00" as StaticString)
            append(hexDigitsOf: byte)
        }
    }

    /// Appends a string with its quotes, escaped.
    package mutating func append(string: String) {
        var string = string
        string.withUTF8 { append(string: UnsafeRawBufferPointer($0)) }
    }

    /// Appends a number in decimal, without quotes.
    package mutating func append(decimal value: UInt64) {
        if value < 10 {
            append(byte: UInt8(ascii: "0") + UInt8(value))
            return
        }
        reserve(20)
        var digits = 0
        var rest = value
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        rest = value
        for place in stride(from: digits - 1, through: 0, by: -1) {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            base.storeBytes(of: UInt8(ascii: "0") + UInt8(digit), toByteOffset: count + place, as: UInt8.self)
            rest = quotient
        }
        count += digits
    }

    /// Appends a number in decimal, without quotes.
    package mutating func append(decimal value: Int64) {
        if value < 0 { append(byte: UInt8(ascii: "-")) }
        append(decimal: value.magnitude)
    }

    /// Appends a double as the shortest number that reads back as the same; what is no number, in quotes.
    ///
    /// "NaN", "Infinity" and "-Infinity" as https://protobuf.dev/programming-guides/json/ has them.
    package mutating func append(double value: Double) {
        if value.isFinite {
            append(ascii: value.description)
        } else {
            append(ascii: value.isNaN ? "\"NaN\"" : value < 0 ? "\"-Infinity\"" : "\"Infinity\"")
        }
    }

    /// Appends bytes in lower-case hexadecimal, without quotes.
    package mutating func append(hex bytes: UnsafeRawBufferPointer) {
        for byte in bytes { append(hexDigitsOf: byte) }
    }

    private mutating func append(hexDigitsOf byte: UInt8) {
        append(byte: Self.hexDigit(byte >> 4))
        append(byte: Self.hexDigit(byte & 15))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Appends bytes in base64 with padding, without quotes (RFC 4648, section 4).
    package mutating func append(base64 bytes: UnsafeRawBufferPointer) {
        var index = 0
        while index < bytes.count {
            let left = min(3, bytes.count - index)
            var group: UInt32 = 0
            for place in 0..<3 {
                group = group << 8 | (place < left ? UInt32(bytes[index + place]) : 0)
            }
            for place in 0..<4 {
                let value = UInt8(group >> (18 - 6 * UInt32(place)) & 63)
                append(byte: place <= left ? Self.base64Digit(value) : UInt8(ascii: "="))
            }
            index += 3
        }
    }

    private static func base64Digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}

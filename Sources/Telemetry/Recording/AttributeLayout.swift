import Synchronization

/// Reads attributes where they lie, without taking part in the reference counting of their strings.
///
/// Taking a `String` out of an array retains and releases it, which costs more than encoding it: of a span with ten
/// attributes of 20 + 20 characters, two thirds. So the words of strings and values are read as the standard library lays
/// them out (swiftlang/swift stdlib/public/core/StringObject.swift), and only after `isKnown` has found, once a process,
/// that this is how they are laid out; otherwise, and for strings of any rarer form, the encoder asks politely.
///
///     String          count and flags | address − 32 and discriminator       heap strings and literals
///                     the UTF-8 itself, 15 bytes | count and discriminator   small strings
///     AttributeValue  the payload's words | a byte: the case, in the order of their declaration
enum AttributeLayout {
    /// Where an attribute's value lies behind its key.
    static let valueOffset = 16
    /// Where the case of a value stands behind its payload.
    static let caseOffset = 16
    /// From one attribute to the next.
    static let stride = 40

    /// What a value is, as its byte says it.
    enum Case {
        static let string: UInt8 = 0
        static let integer: UInt8 = 1
        static let double: UInt8 = 2
        static let boolean: UInt8 = 3
        static let array: UInt8 = 4
    }

    /// Relaxed is enough: either value leads to the same encoding.
    private static let wasFoundKnown = Atomic<Bool>(false)

    /// Whether strings and values are laid out as written above, as far as `examine` has found.
    ///
    /// Hot: an atomic that the compiler initialises; a global that is initialised lazily costs a call on Linux.
    @inline(__always)
    static var isKnown: Bool {
        wasFoundKnown.load(ordering: .relaxed)
    }

    /// Finds out how strings and values are laid out; to be called before anything is recorded.
    static func examine() {
        wasFoundKnown.store(isAsWritten, ordering: .relaxed)
    }

    private static let isAsWritten: Bool = {
        guard MemoryLayout<String>.size == 16, MemoryLayout<AttributeValue>.size == 17,
            MemoryLayout<(String, AttributeValue)>.stride == stride,
            MemoryLayout<(String, AttributeValue)>.offset(of: \.1) == valueOffset
        else { return false }
        let literal = "a literal of more than fifteen bytes"
        let texts = ["", "small", "fifteen bytes !", literal, String(repeating: "é", count: 99), literal + "and more"]
        return texts.allSatisfy(isKnown)
    }()

    private static func isKnown(_ text: String) -> Bool {
        let elements: [(String, AttributeValue)] = [
            (text, .string(text)), (text, .integer(-7)), (text, .double(0.1)), (text, .boolean(true)),
            (text, .array([])),
        ]
        return elements.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            return elements.indices.allSatisfy { index in
                let key = base + index * stride
                let value = key + valueOffset
                guard Self.text(at: key).map({ $0.elementsEqual(text.utf8) }) ?? false,
                    value.load(fromByteOffset: caseOffset, as: UInt8.self) == index
                else { return false }
                return switch elements[index].1 {
                case .string: Self.text(at: value).map { $0.elementsEqual(text.utf8) } ?? false
                case .integer(let number): value.load(as: Int64.self) == number
                case .double(let number): value.load(as: Double.self) == number
                case .boolean: value.load(as: UInt8.self) == 1
                case .array: true
                }
            }
        }
    }

    /// The UTF-8 of the string that lies at an address, valid as long as that string does; nil for a form of string that
    /// is not read this way.
    ///
    /// Hot.
    @inline(__always)
    static func text(at address: UnsafeRawPointer) -> UnsafeRawBufferPointer? {
        let high = address.load(fromByteOffset: 8, as: UInt64.self)
        if high & 1 << 61 != 0 {
            return UnsafeRawBufferPointer(start: address, count: Int(truncatingIfNeeded: high &>> 56 & 15))
        }
        let low = address.load(as: UInt64.self)
        // Neither bridged nor foreign, and the bytes lie behind the object's header.
        guard high & 5 << 60 == 0, low & 1 << 60 != 0 else { return nil }
        let start = UnsafeRawPointer(bitPattern: UInt(truncatingIfNeeded: high & (1 << 60 - 1)) &+ 32)
        return UnsafeRawBufferPointer(start: start, count: Int(truncatingIfNeeded: low & (1 << 48 - 1)))
    }
}

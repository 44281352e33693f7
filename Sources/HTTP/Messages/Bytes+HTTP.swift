/// Character classes of RFC 9110, section 5.6 (https://www.rfc-editor.org/rfc/rfc9110).
extension UInt8 {
    /// Whether the byte may occur in a token: `tchar`.
    var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }

    /// Whether the byte may occur in a field value: visible, blank, tab, or above ASCII.
    var isFieldCharacter: Bool {
        self >= 0x20 && self != 0x7F || self == UInt8(ascii: "\t")
    }

    /// Whether the byte may occur in a request target: visible ASCII.
    var isTargetCharacter: Bool {
        self > 0x20 && self < 0x7F
    }

    /// Blank or tab: `OWS`.
    var isOptionalWhitespace: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t")
    }

    /// The byte with ASCII letters in lower case.
    var lowercased: UInt8 {
        self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
    }

    /// The value of a decimal digit, or nil.
    var decimalValue: Int? {
        self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") ? Int(self - UInt8(ascii: "0")) : nil
    }

    /// The value of a hexadecimal digit, or nil.
    var hexadecimalValue: Int? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(self - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(self - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes without blanks and tabs at both ends.
    var trimmingOptionalWhitespace: SubSequence {
        var rest = self[...]
        while let first = rest.first, first.isOptionalWhitespace {
            rest.removeFirst()
        }
        while let last = rest.last, last.isOptionalWhitespace {
            rest.removeLast()
        }
        return rest
    }
}

extension Sequence<UInt8> {
    /// Whether the bytes spell `text`, upper and lower case of ASCII letters counting the same.
    func equalsIgnoringCase(_ text: String) -> Bool {
        elementsEqual(text.utf8) { $0.lowercased == $1.lowercased }
    }
}

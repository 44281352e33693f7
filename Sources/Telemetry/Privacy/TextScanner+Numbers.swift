extension TextScanner {
    /// A telephone number, a card number or an IPv4 address that begins with a digit, a `+` or a `(`.
    func number(at index: Int) -> SensitiveText.Match? {
        let before = self[index - 1]
        guard !before.isAlphanumeric, before != UInt8(ascii: "_") else { return nil }
        // The decimals of a number are no number.
        guard before != UInt8(ascii: ".") || !self[index - 2].isDigit else { return nil }
        switch text[index] {
        case UInt8(ascii: "+"):
            return internationalPhone(at: index).map { SensitiveText.Match(kind: .phone, range: $0) }
        case UInt8(ascii: "("):
            return nationalPhone(at: index).map { SensitiveText.Match(kind: .phone, range: $0) }
        default:
            break
        }
        var end = index + 1
        while self[end].isDigit { end += 1 }
        // How many digits come first tells nearly all numbers from those that are looked for.
        switch end - index {
        case 1...3:
            if let range = nationalPhone(at: index) { return SensitiveText.Match(kind: .phone, range: range) }
            guard self[end] == UInt8(ascii: ".") else { return nil }
            return ipAddress(at: index).map { SensitiveText.Match(kind: .ipAddress, range: $0) }
        case 4, 13...19:
            return creditCard(at: index).map { SensitiveText.Match(kind: .creditCard, range: $0) }
        default:
            return nil
        }
    }

    /// Whether a number ends at an index: what follows is no part of a longer word or number.
    private func isEnd(_ index: Int) -> Bool {
        let next = self[index]
        if next.isAlphanumeric || next == UInt8(ascii: "_") { return false }
        // "1.1.1.1." ends a sentence, "1.1.1.1.1" is something else.
        return !(next == UInt8(ascii: ".") || next == UInt8(ascii: "-")) || !self[index + 1].isDigit
    }

    // MARK: - Telephone

    /// `+44 20 7123 4567`: eight to fifteen digits (E.164 has fifteen at most), single separators between them.
    private func internationalPhone(at index: Int) -> Range<Int>? {
        var next = index + 1
        guard self[next].isDigit else { return nil }
        var count = 0
        var end = next
        while true {
            while self[next].isDigit {
                next += 1
                count += 1
            }
            end = next
            // "(0)" and " (20) " are written, too.
            var separators = 0
            while Self.isPhoneSeparator(self[next]), separators < 3 {
                next += 1
                separators += 1
            }
            guard self[next].isDigit, count < 15 else { break }
        }
        return (8...15).contains(count) && isEnd(end) ? index..<end : nil
    }

    /// `123-456-7890`, `(123) 456-7890`, `1-123-456-7890`.
    private func nationalPhone(at index: Int) -> Range<Int>? {
        var next = index
        if text[next] == UInt8(ascii: "1"), Self.isPhoneSeparator(self[next + 1]) {
            next += self[next + 2] == UInt8(ascii: "(") ? 2 : (self[next + 1] == UInt8(ascii: "(") ? 1 : 2)
        }
        let isBracketed = self[next] == UInt8(ascii: "(")
        if isBracketed { next += 1 }
        guard digits(at: next, 3) else { return nil }
        next += 3
        if isBracketed {
            guard self[next] == UInt8(ascii: ")") else { return nil }
            next += 1
            if self[next] == UInt8(ascii: " ") { next += 1 }
        } else {
            guard Self.isGroupSeparator(self[next]) else { return nil }
            next += 1
        }
        guard digits(at: next, 3), Self.isGroupSeparator(self[next + 3]), digits(at: next + 4, 4) else { return nil }
        let end = next + 8
        return isEnd(end) ? index..<end : nil
    }

    private func digits(at index: Int, _ count: Int) -> Bool {
        (index..<index + count).allSatisfy { self[$0].isDigit }
    }

    private static func isGroupSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: ".")
    }

    private static func isPhoneSeparator(_ byte: UInt8) -> Bool {
        isGroupSeparator(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
    }

    // MARK: - Cards

    /// Thirteen to nineteen digits that pass Luhn's check, at a stretch or in groups of which the first has four.
    private func creditCard(at index: Int) -> Range<Int>? {
        var next = index
        while self[next].isDigit { next += 1 }
        var separator: UInt8?
        var count = next - index
        if count == 4, self[next] == UInt8(ascii: " ") || self[next] == UInt8(ascii: "-") {
            separator = self[next]
            while self[next] == separator, digits(at: next + 1, 3) {
                next += 1
                while self[next].isDigit {
                    next += 1
                    count += 1
                }
            }
        }
        guard (13...19).contains(count), isEnd(next), passesLuhn(index..<next) else { return nil }
        return index..<next
    }

    /// Luhn's check: the digits, every second from the right doubled, add up to a multiple of ten.
    ///
    /// Source: ISO/IEC 7812-1, annex B.
    private func passesLuhn(_ range: Range<Int>) -> Bool {
        var sum = 0
        var isDoubled = false
        for index in range.reversed() where text[index].isDigit {
            var value = Int(text[index] - UInt8(ascii: "0"))
            if isDoubled { value = value > 4 ? value * 2 - 9 : value * 2 }
            sum += value
            isDoubled.toggle()
        }
        return sum % 10 == 0
    }

    // MARK: - Addresses

    /// Four numbers from 0 to 255 with dots between them.
    private func ipAddress(at index: Int) -> Range<Int>? {
        var next = index
        for group in 0..<4 {
            var value = 0
            let first = next
            while self[next].isDigit, next - first < 3 {
                value = value * 10 + Int(text[next] - UInt8(ascii: "0"))
                next += 1
            }
            guard next > first, value < 256 else { return nil }
            guard group < 3 else { break }
            guard self[next] == UInt8(ascii: ".") else { return nil }
            next += 1
        }
        return isEnd(next) ? index..<next : nil
    }
}

extension SensitiveText {
    /// Whether a text is worth a closer look: false for most texts, never for one that holds something sensitive.
    ///
    /// Hot path: under 2 ns for each 16 bytes of text that is letters only, about 4 ns for other text. What it looks for:
    ///
    ///     e-mail address    @                           credentials    bearer  basic
    ///     folder of a user  / or \ before h or U        API keys       k_  k-  p_  t_  _k  -k  ik  KI  SI
    ///     numbers           six digits, or three and a dot before a digit, that look like what is sensitive
    ///     named secrets     = or : behind a name that is one of a secret
    @inline(__always)
    static func isSuspicious(_ text: UnsafeRawBufferPointer) -> Bool {
        // The shortest are `a@b.cc`, `1.1.1.1` and `cvv=1`.
        guard text.count >= 5 else { return false }
        // The shortest API key is that of Amazon's.
        if text.count < TextScanner.secretLength { return isShortSuspicious(text) }
        return isLettersOnly(text) ? isAccessKeyID(text) : isMixedSuspicious(text)
    }

    /// Whether a text is the id of an access key that happens to have no digit.
    @inline(__always)
    private static func isAccessKeyID(_ text: UnsafeRawBufferPointer) -> Bool {
        text.count == TextScanner.secretLength && text[0] == UInt8(ascii: "A") && text[3] == UInt8(ascii: "A")
    }

    /// Whether a text has nothing but ASCII letters, among which nothing is sensitive but the id of an access key.
    @inline(__always)
    private static func isLettersOnly(_ text: UnsafeRawBufferPointer) -> Bool {
        var others = .!isLetter(BytePairs.load(text, at: text.count - 16))
        var index = 0
        while index < text.count - 16 {
            others .|= .!isLetter(BytePairs.load(text, at: index))
            // Most texts that are not letters only show it at once.
            if BytePairs.isAny(others) { return false }
            index += 16
        }
        return !BytePairs.isAny(others)
    }

    @inline(__always)
    private static func isLetter(_ block: BytePairs.Block) -> BytePairs.Mask {
        ((block | BytePairs.lowerCase) &- BytePairs.a) .< BytePairs.Block(repeating: 26)
    }

    @inline(__always)
    private static func isShortSuspicious(_ text: UnsafeRawBufferPointer) -> Bool {
        var evidence = Evidence(holdsAPIKeys: false)
        if text.count > 16 {
            let last = text.count - 17
            evidence.add(BytePairs.load(text, at: 0), BytePairs.load(text, at: 1))
            evidence.add(BytePairs.load(text, at: last), BytePairs.load(text, at: last + 1))
        } else {
            let (block, shifted) = BytePairs.shortPair(text)
            evidence.add(block, shifted)
        }
        return evidence.isSuspicious(of: text)
    }

    @inline(never)
    private static func isMixedSuspicious(_ text: UnsafeRawBufferPointer) -> Bool {
        // The lanes of the counter hold 255 each.
        guard text.count <= 255 * 16 else { return true }
        var evidence = Evidence(holdsAPIKeys: true)
        let last = text.count - 17
        var index = 0
        while index < last {
            evidence.add(BytePairs.load(text, at: index), BytePairs.load(text, at: index + 1))
            index += 16
        }
        evidence.add(BytePairs.load(text, at: last), BytePairs.load(text, at: last + 1))
        return evidence.isSuspicious(of: text)
    }
}

/// What was seen in a text so far.
private struct Evidence {
    /// Whether the text is long enough for an API key.
    let holdsAPIKeys: Bool
    private var marks = BytePairs.Mask(repeating: false)
    private var dots = BytePairs.Mask(repeating: false)
    private var separators = BytePairs.Mask(repeating: false)
    /// The first two letters of `bearer` and `basic`.
    private var schemes = BytePairs.Mask(repeating: false)
    /// The number of digits, in each lane modulo 256.
    private var digits = BytePairs.Block()

    @inline(__always)
    init(holdsAPIKeys: Bool) {
        self.holdsAPIKeys = holdsAPIKeys
    }

    /// Takes 16 bytes and the bytes behind each of them.
    @inline(__always)
    mutating func add(_ a: BytePairs.Block, _ b: BytePairs.Block) {
        let at = a .== BytePairs.all("@")
        let isSlash = (a .== BytePairs.all("/")) .| (a .== BytePairs.all("\\"))
        let folder = isSlash .& ((b .== BytePairs.all("h")) .| (b .== BytePairs.all("U")))
        marks .|= at .| folder
        let lowerB = b | BytePairs.lowerCase
        schemes .|= ((a | BytePairs.lowerCase) .== BytePairs.b)
            .& ((lowerB .== BytePairs.e) .| (lowerB .== BytePairs.a))
        // A name is before it: the first byte need not be looked at.
        separators .|= (b .== BytePairs.all("=")) .| (b .== BytePairs.all(":"))
        if holdsAPIKeys { marks .|= Self.apiKey(a, b) }
        let isDigit = BytePairs.isDigit(a)
        // A set lane is -1; see `digits`.
        digits &-= unsafeBitCast(isDigit, to: BytePairs.Block.self)
        dots .|= (isDigit .& (b .== BytePairs.all(".")))
    }

    @inline(__always)
    private static func apiKey(_ a: BytePairs.Block, _ b: BytePairs.Block) -> BytePairs.Mask {
        let lowerA = a | BytePairs.lowerCase
        let lowerB = b | BytePairs.lowerCase
        let accessKey = ((a .== BytePairs.all("K")) .| (a .== BytePairs.all("S"))) .& (b .== BytePairs.all("I"))
        let isLine = b .== BytePairs.all("_")
        let prefix =
            ((a .== BytePairs.k) .& (isLine .| (b .== BytePairs.all("-"))))
            .| (((a .== BytePairs.all("p")) .| (a .== BytePairs.all("t"))) .& isLine)
        let isJoint = (a .== BytePairs.all("_")) .| (a .== BytePairs.all("-")) .| (lowerA .== BytePairs.i)
        return accessKey .| prefix .| (isJoint .& (lowerB .== BytePairs.k))
    }

    /// Whether that is enough for a closer look.
    ///
    /// The last byte of the text is counted only as a neighbour, so six digits stand for the seven of the shortest
    /// number.
    @inline(__always)
    func isSuspicious(of text: UnsafeRawBufferPointer) -> Bool {
        if BytePairs.isAny(marks .| separators .| schemes) {
            if BytePairs.isAny(marks) { return true }
            if BytePairs.isAny(separators), SecretName.isContained(in: text) { return true }
            if BytePairs.isAny(schemes), TextScanner.hasScheme(text) { return true }
        }
        let halves = unsafeBitCast(digits, to: SIMD2<UInt64>.self)
        let even: UInt64 = 0x00FF_00FF_00FF_00FF
        // Eight sums of two lanes fit 16 bits each; the product adds them up in its highest 16.
        let pairs = (halves[0] & even) &+ (halves[0] >> 8 & even) &+ (halves[1] & even) &+ (halves[1] >> 8 & even)
        let count = (pairs &* 0x0001_0001_0001_0001) >> 48
        return (count >= 6 || (count >= 3 && BytePairs.isAny(dots))) && NumberShapes.areContained(in: text)
    }
}

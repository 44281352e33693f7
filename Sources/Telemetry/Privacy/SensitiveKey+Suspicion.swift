extension SensitiveKey {
    /// Whether a key is worth a closer look: false for nearly all keys, never for a sensitive one.
    ///
    /// Hot path: about 4 ns for each 16 bytes. It looks for pairs of letters that the words have and few others, in 16
    /// places at a time:
    ///
    ///     password passwd   sw        secret, social security   ec       ssn           sn
    ///     pwd               wd        token, api/private key    ke       credit card   di
    ///     email             ai or ma  (`e` and `mail` may have a separator between them)
    ///
    /// and for words that must be last at their last four letters.
    @inline(__always)
    static func isSuspicious(_ text: UnsafeRawBufferPointer) -> Bool {
        // The shortest words have three letters.
        guard text.count >= 3 else { return false }
        if text.count == 6 || text.count == 7, isUserIDLike(text) { return true }
        if hasSuspiciousEnd(text) { return true }
        return BytePairs.contain(text) { (first: SIMD16<UInt8>, second: SIMD16<UInt8>) in
            let a = first | BytePairs.lowerCase
            let b = second | BytePairs.lowerCase
            let s = (a .== BytePairs.s) .& ((b .== BytePairs.w) .| (b .== BytePairs.n))
            let i = ((a .== BytePairs.d) .| (a .== BytePairs.a)) .& (b .== BytePairs.i)
            let wd = (a .== BytePairs.w) .& (b .== BytePairs.d)
            let ec = (a .== BytePairs.e) .& (b .== BytePairs.c)
            let ke = (a .== BytePairs.k) .& (b .== BytePairs.e)
            return s .| i .| wd .| ec .| ke
        }
    }

    /// Whether a key ends as `pass`, `passphrase`, `cookie`, `cookies`, `authorization` or `cvv` do.
    @inline(__always)
    private static func hasSuspiciousEnd(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 4 else { return (text[1] | 0x20) == UInt8(ascii: "v") }
        let end = text.loadUnaligned(fromByteOffset: text.count - 4, as: UInt32.self) | 0x2020_2020
        let last4 = UInt32(littleEndian: end)
        return last4 == 0x7373_6170 || last4 == 0x6573_6172 || last4 == 0x6569_6B6F || last4 == 0x7365_696B
            || last4 == 0x6E6F_6974 || last4 >> 8 == 0x76_7663
    }

    /// Whether a key of six or seven bytes begins as `user` does.
    @inline(__always)
    private static func isUserIDLike(_ text: UnsafeRawBufferPointer) -> Bool {
        let lowerCase = text.loadUnaligned(as: UInt32.self) | 0x2020_2020
        return lowerCase == UInt32(littleEndian: 0x7265_7375)
    }
}

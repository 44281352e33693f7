import Platform
import Synchronization

/// Looks for planted secrets in everything that arrives.
///
/// Each run that plants secrets names the word that they all contain. Where none does, a request costs one relaxed load.
/// Safe to use from any thread.
internal final class CanaryWatch: Sendable {
    private struct Word {
        var bytes: [UInt8]
        /// The run that named it last: runs of one plan have one word.
        var run: RunLedger
    }

    /// Most words that are looked for at a time; older ones are forgotten.
    private static let maximumWords = 16
    /// How many bytes of a word there must be, so that nothing else contains it.
    internal static let lengths = 8...64

    private let words = Guarded<[Word]>([])
    /// Relaxed: a body that crosses the registration of its run may go either way; producers start long after.
    private let isWatching = Atomic<Bool>(false)

    /// Looks for nothing.
    internal init() {}

    /// Looks for a word from now on.
    internal func add(_ word: [UInt8], of run: RunLedger) {
        run.expectCanaries()
        words.withLock { words in
            words.removeAll { $0.bytes == word }
            if words.count == Self.maximumWords { words.removeFirst() }
            words.append(Word(bytes: word, run: run))
        }
        isWatching.store(true, ordering: .relaxed)
    }

    /// Looks at a body, not compressed, in whatever format; what is found is counted in the run that planted it.
    ///
    /// Hot path: well under 1 ns a byte and word.
    internal func inspect(_ body: UnsafeRawBufferPointer, from path: String) {
        guard isWatching.load(ordering: .relaxed) else { return }
        for word in words.withLock({ $0 }) {
            var count: UInt64 = 0
            var first: Int?
            var next = 0
            while let found = ByteSearch.firstIndex(of: word.bytes, in: body, from: next) {
                first = first ?? found
                count += 1
                next = found + word.bytes.count
            }
            guard let first else { continue }
            let end = min(body.count, first + word.bytes.count + 16)
            let start = max(0, first - 48)
            word.run.countLeaks(
                count,
                LedgerExample(.canary, "in a body for \(path): …\(Self.printable(body[start..<end]))…")
            )
        }
    }

    /// The bytes as text, with a dot for what is none.
    private static func printable(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        String(decoding: bytes.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: ".") }, as: UTF8.self)
    }
}

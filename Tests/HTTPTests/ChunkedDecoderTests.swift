import HarnessCore
import TestSupport
import Testing

@testable import HTTP

@Suite struct ChunkedDecoderTests {
    /// Decodes bytes given in pieces; the content, and what was not part of the body.
    private func decode(_ pieces: [[UInt8]], limit: Int = 1_000) throws -> (content: [UInt8], rest: [UInt8])? {
        var decoder = HTTPChunkedDecoder(maximumTrailerBytes: limit)
        var content: [UInt8] = []
        var waiting: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            waiting += piece
            while true {
                switch try waiting.withUnsafeBytes({ try decoder.step(over: $0) }) {
                case .content(let skip, let count):
                    #expect(count > 0)
                    content += waiting[skip..<skip + count]
                    waiting.removeFirst(skip + count)
                    continue
                case .incomplete(let skip):
                    waiting.removeFirst(skip)
                case .finished(let skip):
                    waiting.removeFirst(skip)
                    return (content, waiting + pieces[(index + 1)...].flatMap { $0 })
                }
                break
            }
        }
        return nil
    }

    private func decode(_ text: String) throws -> (content: [UInt8], rest: [UInt8])? {
        try decode([Array(text.utf8)])
    }

    @Test(arguments: [
        ("0\r\n\r\n", "", ""), ("5\r\nhello\r\n0\r\n\r\nGET", "hello", "GET"),
        ("00A\r\n0123456789\r\n000\r\n\r\n", "0123456789", ""),
        ("a;x=\"y\" \r\n0123456789\r\n0;z\r\n\r\n", "0123456789", ""),
        ("1 \r\na\r\n0\r\nTrailer: x\r\nOther:\r\n\r\nrest", "a", "rest"), ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n", ""),
    ])
    func valid(_ text: String, _ content: String, _ rest: String) throws {
        let outcome = try #require(try decode(text))
        #expect(outcome.content == Array(content.utf8))
        #expect(outcome.rest == Array(rest.utf8))
    }

    @Test(arguments: [
        "\r\n", "g\r\n", "-1\r\n", "0x1\r\n", " 1\r\n", "1\na\r\n0\r\n\r\n", "1\r\nab\r\n", "1\r\na\n\n", "1 x\r\na",
        "1;\u{1}\r\na", "fffffffffffffffff\r\n", "0\r\nno field\r\n\r\n", "0\r\n: x\r\n\r\n", "0\r\nA : x\r\n\r\n",
        "0\r\n\n",
    ])
    func invalid(_ text: String) {
        #expect(throws: HTTPParseError.self) { try decode(text) }
    }

    @Test("lines have limits, also while they are incomplete")
    func limits() {
        let extensions = "1;" + String(repeating: "x", count: HTTPChunkedDecoder.maximumSizeLineBytes)
        #expect(throws: HTTPParseError.chunk("the line with the size is too long")) { try decode(extensions) }
        let trailer = "0\r\nA: " + String(repeating: "x", count: 1_000)
        #expect(throws: HTTPParseError.trailerTooLarge) { try decode(trailer) }
        let trailers = "0\r\n" + String(repeating: "A: b\r\n", count: 200)
        #expect(throws: HTTPParseError.trailerTooLarge) { try decode(trailers) }
    }

    @Test("random bodies in random chunks, torn at random places, come out whole")
    func random() throws {
        var mutator = ByteMutator(seed: 5)
        for _ in 0..<2_000 {
            let body = mutator.randomBytes(maximumCount: 400)
            var encoded: [UInt8] = []
            for chunk in mutator.pieces(body, maximumCount: 6) {
                encoded +=
                    Array("\(String(chunk.count, radix: 16, uppercase: chunk.count % 2 == 0))\r\n".utf8) + chunk + [
                        13, 10,
                    ]
            }
            encoded += Array("0\r\n\r\nrest".utf8)
            let outcome = try #require(try decode(mutator.pieces(encoded, maximumCount: 12)))
            #expect(outcome.content == body)
            #expect(outcome.rest == Array("rest".utf8))
        }
    }

    @Test("spoilt bodies are read alike, torn or whole, and never trap")
    func fuzz() {
        var mutator = ByteMutator(seed: 6, interesting: Array("\r\n;:0aF ".utf8))
        let original = Array("5;x=y\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nTrailer: x\r\n\r\nrest".utf8)
        for _ in 0..<20_000 {
            let bytes = mutator.mutate(original)
            let whole = Result { try decode([bytes]) }
            let torn = Result { try decode(mutator.pieces(bytes, maximumCount: 10)) }
            switch (whole, torn) {
            case (.success(let whole), .success(let torn)):
                #expect(whole?.content == torn?.content && whole?.rest == torn?.rest)
            case (.failure(let whole), .failure(let torn)):
                #expect(whole as? HTTPParseError == torn as? HTTPParseError)
            default:
                Issue.record("torn and whole differ for \(bytes)")
            }
        }
    }
}

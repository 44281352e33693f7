import Compression
import HarnessCore
import OTLP

/// An endless sequence of requests that follows from a seed: intact ones and spoilt ones of every signal, in protobuf and
/// JSON, plain and compressed, under fitting and other headers.
final class SpoiltRequests: @unchecked Sendable {
    // Sendable: one thread at a time uses it, and whoever hands it on has joined the one before.

    /// A request to the sink.
    struct Request {
        var path: String
        var type: String
        var encoding: String?
        var body: [UInt8]
        /// Whether nothing about it is spoilt.
        var isIntact = false
    }

    /// Small ones, which most requests are made of, so that mutations hit what matters, and large ones.
    private let small: [RequestSeed]
    private let large: [RequestSeed]
    private let bomb: [UInt8]
    private var deflater: Deflater
    private var protobufMutator: ByteMutator
    private var jsonMutator: ByteMutator
    /// How many requests were made.
    private(set) var number = 0

    /// Begins the sequence of a seed.
    ///
    /// - Parameters:
    ///   - seed: What everything follows from.
    ///   - seeds: Requests to spoil, beside those with which the receiver is most likely to be surprised.
    /// - Throws: `CompressionError` if zlib gives no memory.
    init(seed: UInt64, seeds: [RequestSeed]) throws {
        var deflater = try Deflater(format: .gzip, level: 1)
        bomb = deflater.compress([UInt8](repeating: 0, count: 4 << 20))
        protobufMutator = ByteMutator(seed: seed, interesting: [0x00, 0x01, 0x08, 0x0A, 0x12, 0x1A, 0x7F, 0x80, 0xFF])
        jsonMutator = ByteMutator(seed: ~seed, interesting: Array("{}[]\",:\\u0159eE+-.tfn ".utf8))
        let seeds = seeds + Self.ours()
        small = seeds.filter { $0.body.count <= 4096 }
        large = seeds.filter { $0.body.count > 4096 }
        self.deflater = deflater
    }

    /// The next request.
    func next() -> Request {
        number += 1
        if number % 1024 == 0 {
            return Request(path: "/v1/logs", type: "application/x-protobuf", encoding: "gzip", body: bomb)
        }
        let seeds = number % 256 == 0 ? large : small
        let seed = seeds[pick(seeds.count)]
        var request = Request(
            path: seed.signal.path,
            type: seed.isJSON ? OTLPHTTP.jsonContentType : OTLPHTTP.protobufContentType,
            body: seed.body,
            isIntact: pick(6) == 0
        )
        if !request.isIntact { spoil(&request, isJSON: seed.isJSON) }
        if pick(5) == 0 {
            request.encoding = "gzip"
            request.body = deflater.compress(request.body)
            if !request.isIntact, pick(8) == 0 { request.body = protobufMutator.mutate(request.body) }
        }
        if !request.isIntact { mislabel(&request) }
        return request
    }

    /// A whole message, head and body, spoilt anywhere.
    func nextMessage() -> [UInt8] {
        let request = next()
        let body = request.body.prefix(1024)
        let head =
            "POST \(request.path) HTTP/1.1\r\nHost: sink\r\nContent-Type: \(request.type)\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        return jsonMutator.mutate(Array(head.utf8) + body)
    }

    // MARK: - Spoiling

    private func spoil(_ request: inout Request, isJSON: Bool) {
        if pick(4) == 0 {
            if isJSON { replaceNumber(in: &request.body) } else { overwriteEightBytes(of: &request.body) }
        } else {
            request.body = isJSON ? jsonMutator.mutate(request.body) : protobufMutator.mutate(request.body)
        }
    }

    /// Puts a number that is at or beyond some limit in the place of one in the text.
    private func replaceNumber(in body: inout [UInt8]) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let start = pick(body.count)
        guard let first = body[start...].firstIndex(where: digits.contains) else { return }
        let end = body[first...].firstIndex { !digits.contains($0) } ?? body.endIndex
        let numbers = [
            "-1", "1e400", "1e-400", "1.5", "18446744073709551615", "18446744073709551616", "-9223372036854775808",
            "4294967296", "NaN", "\"NaN\"", "\"Infinity\"", "null", String(repeating: "9", count: 400),
        ]
        body.replaceSubrange(first..<end, with: Array(numbers[pick(numbers.count)].utf8))
    }

    /// Puts the bits of an unusual double or integer anywhere, without changing the length of anything.
    private func overwriteEightBytes(of body: inout [UInt8]) {
        guard body.count > 8 else { return }
        let patterns: [UInt64] = [
            0, .max, 1 << 63, Double.nan.bitPattern, Double.infinity.bitPattern, (-Double.infinity).bitPattern,
        ]
        let start = pick(body.count - 8)
        let pattern = patterns[pick(patterns.count)]
        for index in 0..<8 { body[start + index] = UInt8(truncatingIfNeeded: pattern >> (8 * UInt64(index))) }
    }

    /// Now and then sends a request as something that it is not.
    private func mislabel(_ request: inout Request) {
        switch pick(96) {
        case 0: request.path = OTLPSignal.allCases[pick(3)].path
        case 1: request.type = OTLPHTTP.jsonContentType
        case 2: request.type = OTLPHTTP.protobufContentType
        case 3: request.type = "text/plain"
        case 4: request.encoding = "gzip"
        case 5: request.encoding = nil
        case 6: request.encoding = "br"
        default: break
        }
    }

    private func pick(_ count: Int) -> Int {
        protobufMutator.number(in: 0...count - 1)
    }

    // MARK: - Seeds

    /// Small ones with what the ledger looks for, and doubles that JSON has no number for.
    private static func ours() -> [RequestSeed] {
        let id = "\"attributes\":[{\"key\":\"bench.id\",\"value\":{\"intValue\":\"1099511627777\"}}]"
        let ids = "\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\""
        let usual = "\"sum\":3.5,\"min\":1,\"max\":2.5,\"explicitBounds\":[2]"
        let infinite = "\"sum\":\"NaN\",\"min\":\"-Infinity\",\"max\":\"Infinity\",\"explicitBounds\":[\"Infinity\"]"
        func histogram(_ name: String, _ values: String) -> String {
            "{\"name\":\"\(name)\",\"histogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"startTimeUnixNano\":\"1\","
                + "\"timeUnixNano\":\"2\",\"count\":2,\"bucketCounts\":[1,1],\(values)}]}}"
        }
        return [
            seed(.logs, "{\"timeUnixNano\":\"9\",\(id)}"),
            seed(.traces, "{\(ids),\"kind\":1,\(id)}"),
            seed(.metrics, histogram("usual", usual)),
            seed(.metrics, histogram("infinite", infinite)),
        ]
    }

    /// A request of one item in JSON.
    private static func seed(_ signal: OTLPSignal, _ item: String) -> RequestSeed {
        let text = """
            {"\(signal.resourceItemsName)":[{"resource":{"attributes":[{"key":"bench.run_id","value":{"stringValue":"fuzz"}}]},\
            "\(signal.scopeItemsName)":[{"\(signal.itemsName)":[\(item)]}]}]}
            """
        return RequestSeed(signal: signal, isJSON: true, body: Array(text.utf8))
    }
}

import HarnessCore
import Platform
import TestSupport
import Testing

@testable import HTTP

/// Random and spoilt messages, from fixed seeds: parsers return or throw and never trap, servers and clients live on.
@Suite struct HTTPFuzzTests {
    private static let interesting = Array("\r\n: /?;,0159-GETPOSHchunked\t".utf8)

    private static let requests = [
        "GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
        "POST /v1/logs HTTP/1.1\r\nHost: 127.0.0.1:4318\r\nContent-Type: application/x-protobuf\r\nContent-Length: 11\r\n\r\n"
            + "hello world",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: v\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: keep-alive, x\r\n\r\nab",
        "HEAD http://host/ HTTP/1.0\r\nConnection: close\r\n\r\n",
    ]

    private static let responses = [
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.0 503 Busy\r\nRetry-After: 1\r\n\r\nwait",
        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
    ]

    /// What a request's head says, for comparison.
    private struct Parsed: Equatable {
        let method: String
        let target: String
        let headers: HTTPHeaders
        let framing: HTTPBodyFraming
        let keepAlive: Bool
        let minorVersion: Int
    }

    @Test("60,000 heads: found alike however they are torn, and parsed or rejected")
    func heads() {
        var mutator = ByteMutator(seed: 1, interesting: Self.interesting)
        let corpus = (Self.requests + Self.responses).map { Array($0.utf8) }
        var accepted = 0
        for round in 0..<60_000 {
            let bytes =
                round % 8 == 0 ? mutator.randomBytes(maximumCount: 200) : mutator.mutate(corpus[round % corpus.count])
            var scanned = 0
            let end = bytes.withUnsafeBytes { HTTPHeadParser.endOfHead(in: $0, scanned: &scanned) }

            // Torn in two: a first part without an end must not hide one.
            let cut = mutator.number(in: 0...bytes.count)
            var tornScanned = 0
            let early = bytes[..<cut].withUnsafeBytes { HTTPHeadParser.endOfHead(in: $0, scanned: &tornScanned) }
            let late = early ?? bytes.withUnsafeBytes { HTTPHeadParser.endOfHead(in: $0, scanned: &tornScanned) }
            #expect(late == end)

            guard let end else { continue }
            // A copy of exactly the head's size: whatever is read beyond it is out of bounds.
            let head = Array(bytes[..<end])
            if let parsed = parse(head) {
                accepted += 1
                #expect(HTTPHeaders.isValidName(parsed.method))
                #expect(parsed.headers.allSatisfy { HTTPHeaders.isValidName($0.name) })
                #expect(parsed.framing != .untilClose)
                #expect(parse(serialize(parsed)) == parsed)
            }
            var response = HTTPResponseHead()
            try? head.withUnsafeBytes {
                try HTTPHeadParser.parseResponse($0, isAnswerToHead: false, into: &response)
            }
        }
        // Most mutations of one to four bytes spoil a head; some must not, or the test would prove little.
        #expect(accepted > 1_000)
    }

    private func parse(_ bytes: [UInt8]) -> Parsed? {
        var head = HTTPRequestHead()
        do {
            try bytes.withUnsafeBytes { try HTTPHeadParser.parseRequest($0, into: &head) }
        } catch {
            return nil
        }
        _ = head.path
        _ = head.queryItems
        return Parsed(
            method: head.method,
            target: head.target,
            headers: head.headers,
            framing: head.framing,
            keepAlive: head.keepAlive,
            minorVersion: head.minorVersion
        )
    }

    /// The head written anew, from what was understood.
    private func serialize(_ parsed: Parsed) -> [UInt8] {
        var bytes = Array("\(parsed.method) \(parsed.target) HTTP/1.\(parsed.minorVersion)\r\n".utf8)
        for index in parsed.headers.fields.indices {
            bytes +=
                parsed.headers.nameBytes(at: index) + Array(": ".utf8) + parsed.headers.valueBytes(at: index) + [
                    13, 10,
                ]
        }
        return bytes + [13, 10]
    }

    @Test("8,000 spoilt streams of requests against a server, in pieces: it answers what it must, and lives on")
    func server() throws {
        var mutator = ByteMutator(seed: 2, interesting: Self.interesting)
        let server = try TestServer {
            $0.maximumHeaderBytes = 256
            $0.maximumBodyBytes = 4096
        }
        for round in 0..<8_000 {
            var bytes: [UInt8] = []
            for _ in 0...mutator.number(in: 0...2) {
                bytes += Array(Self.requests[mutator.number(in: 0...Self.requests.count - 1)].utf8)
            }
            bytes = round % 16 == 0 ? mutator.randomBytes(maximumCount: 400) : mutator.mutate(bytes)
            let socket = try server.connect()
            // The server may have refused and closed already; what it said is read below.
            for piece in mutator.pieces(bytes, maximumCount: 3) {
                try? socket.write(piece)
            }
            socket.shutdown(.writing)
            var answer = ""
            do throws(SystemError) {
                answer = try socket.readText()
            } catch {
                #expect(!error.isTimeout)
            }
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 "))
        }
        #expect(try HTTPClient(endpoint: server.endpoint).send(method: "GET", path: "/").status == 200)
        #expect(Waiting.until { server.server.counters.openConnections == 0 })
        #expect(server.server.counters.requests > 3_000)
        #expect(server.server.counters.failedRequests > 2_000)
    }

    @Test("4,000 spoilt answers to a client, in pieces: an answer or a typed error")
    func client() throws {
        let answers = Shared(ByteMutator(seed: 3, interesting: Self.interesting))
        let responses = Self.responses
        let server = try ScriptedServer { socket, number in
            guard let request = try? socket.readText(until: "\r\n\r\n"), !request.isEmpty else { return }
            let pieces = answers.update { mutator in
                let bytes =
                    number % 16 == 0
                    ? mutator.randomBytes(maximumCount: 200)
                    : mutator.mutate(Array(responses[number % responses.count].utf8))
                return mutator.pieces(bytes, maximumCount: 3)
            }
            for piece in pieces {
                try? socket.write(piece)
            }
        }
        var outcomes: [String: Int] = [:]
        for _ in 0..<4_000 {
            var configuration = HTTPClientConfiguration()
            configuration.maximumResponseBodyBytes = 20
            let endpoint = HTTPEndpoint(host: "127.0.0.1", port: server.port)
            let client = HTTPClient(endpoint: endpoint, configuration: configuration)
            do throws(HTTPClientError) {
                let response = try client.send(method: "GET", path: "/", timeoutNanoseconds: Waiting.limitNanoseconds)
                #expect((200...599).contains(response.status) && response.body.count <= 20)
                outcomes["answer", default: 0] += 1
            } catch {
                switch error.kind {
                case .connectionClosed: outcomes["closed", default: 0] += 1
                case .malformedResponse: outcomes["malformed", default: 0] += 1
                case .responseTooLarge: outcomes["too large", default: 0] += 1
                default: Issue.record("unexpected: \(error)")
                }
            }
        }
        // Every kind of outcome must occur, or the inputs would be too tame or too wild to prove anything.
        #expect(outcomes.keys.sorted() == ["answer", "closed", "malformed", "too large"])
    }
}

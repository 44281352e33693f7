import Testing

@testable import HTTP

@Suite struct HeadParserTests {
    private func request(_ text: String) throws -> HTTPRequestHead {
        var head = HTTPRequestHead()
        try Array(text.utf8).withUnsafeBytes { try HTTPHeadParser.parseRequest($0, into: &head) }
        return head
    }

    private func response(_ text: String, isAnswerToHead: Bool = false) throws -> HTTPResponseHead {
        var head = HTTPResponseHead()
        try Array(text.utf8).withUnsafeBytes {
            try HTTPHeadParser.parseResponse($0, isAnswerToHead: isAnswerToHead, into: &head)
        }
        return head
    }

    @Test("the example of RFC 9112, section 2.1")
    func example() throws {
        let head = try request(
            "GET /hello.txt HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\nHost: www.example.com\r\nAccept-Language: en, mi\r\n\r\n"
        )
        #expect(head.method == "GET")
        #expect(head.target == "/hello.txt")
        #expect(head.path == "/hello.txt")
        #expect(head.minorVersion == 1)
        #expect(head.keepAlive)
        #expect(head.framing == .none)
        #expect(!head.expectsContinue)
        #expect(head.headers == ["User-Agent": "curl/7.64.1", "Host": "www.example.com", "Accept-Language": "en, mi"])
        #expect(head.headers["ACCEPT-language"] == "en, mi")
    }

    @Test("white space around a value is not part of it, within it is")
    func whitespace() throws {
        let head = try request("GET / HTTP/1.1\r\nHost:\t x \t\r\nA:\r\nB:   \r\nC: a  b\tc\r\n\r\n")
        #expect(head.headers["Host"] == "x")
        #expect(head.headers["A"] == "")
        #expect(head.headers["B"] == "")
        #expect(head.headers["C"] == "a  b\tc")
    }

    @Test(
        arguments: [
            ("", .none), ("Content-Length: 0\r\n", .none), ("Content-Length: 42\r\n", .length(42)),
            ("content-length: 007\r\n", .length(7)), ("Transfer-Encoding: chunked\r\n", .chunked),
            ("transfer-encoding:  CHUNKED \r\n", .chunked),
        ] as [(String, HTTPBodyFraming)]
    )
    func framing(_ fields: String, _ framing: HTTPBodyFraming) throws {
        #expect(try request("POST / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n").framing == framing)
    }

    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false),
        ("HTTP/1.1", "Connection: x, Close\r\n", false), ("HTTP/1.1", "Connection: x\r\nConnection: close\r\n", false),
        ("HTTP/1.1", "Connection: closed\r\n", true), ("HTTP/1.0", "", false),
        ("HTTP/1.0", "Connection: Keep-Alive\r\n", true), ("HTTP/1.0", "Connection: keep-alive, close\r\n", false),
        ("HTTP/1.9", "", true),
    ])
    func keepAlive(_ version: String, _ fields: String, _ keepAlive: Bool) throws {
        #expect(try request("GET / \(version)\r\nHost: x\r\n\(fields)\r\n").keepAlive == keepAlive)
    }

    @Test("HTTP/1.0 needs no Host")
    func noHost() throws {
        #expect(try request("GET / HTTP/1.0\r\n\r\n").minorVersion == 0)
    }

    @Test(arguments: [
        // First line.
        ("\r\n\r\n", 400), ("GET\r\n\r\n", 400), ("GET /\r\nHost: x\r\n\r\n", 400),
        ("GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (" / HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET / x HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /\u{7F} HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET /ä HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET ** HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET http:// HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET / http/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400), ("GET / HTTP/11\r\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505), ("GET / HTTP/0.9\r\nHost: x\r\n\r\n", 505),
        // Line ends and fields.
        ("GET / HTTP/1.1\nHost: x\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\n\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost x\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA : y\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: y\r\n z\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: \u{0}\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: a\u{7F}\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\nÄ: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400),
        // Lengths that two parties could read differently.
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \u{B}chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\n\r\n", 417),
    ])
    func malformedRequest(_ text: String, _ status: Int) throws {
        let error = #expect(throws: HTTPParseError.self) { try request(text) }
        #expect(error?.status == status)
        #expect(error?.description.isEmpty == false)
    }

    @Test("100-continue is expected by HTTP/1.1 only")
    func expectation() throws {
        #expect(try request("PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\n\r\n").expectsContinue)
        #expect(try !request("PUT / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n").expectsContinue)
    }

    @Test(arguments: [
        ("/v1/logs", "/v1/logs"), ("/a?b=c", "/a"), ("/?", "/"), ("http://host:80/a/b?c", "/a/b"), ("http://host", "/"),
        ("HTTPS://host?x=1", "/"), ("*", "*"), ("/a//b/../c", "/a//b/../c"), ("/http://x/y", "/http://x/y"),
    ])
    func path(_ target: String, _ path: String) throws {
        #expect(try request("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n").path == path)
    }

    @Test func query() {
        let head = HTTPRequestHead(method: "GET", target: "/x?run=a%20b+c&name=&flag&run=2&&%C3%A4=%zz%4&e==")
        #expect(head.query("run") == "a b c")
        #expect(head.query("name") == "")
        #expect(head.query("flag") == "")
        #expect(head.query("ä") == "%zz%4")
        #expect(head.query("e") == "=")
        #expect(head.query("other") == nil)
        #expect(head.queryItems.map(\.name) == ["run", "name", "flag", "run", "ä", "e"])
        #expect(HTTPRequestHead(method: "GET", target: "/x").query("run") == nil)
    }

    @Test("the example answer of RFC 9112, section 2.1")
    func exampleResponse() throws {
        let head = try response(
            "HTTP/1.1 200 OK\r\nDate: Mon, 27 Jul 2009 12:28:53 GMT\r\nServer: Apache\r\nContent-Length: 51\r\n\r\n"
        )
        #expect(head.status == 200)
        #expect(head.keepAlive)
        #expect(head.framing == .length(51))
        #expect(head.headers["server"] == "Apache")
    }

    @Test(
        arguments: [
            ("HTTP/1.1 200\r\n\r\n", 200, .untilClose, false), ("HTTP/1.1 200 \r\n\r\n", 200, .untilClose, false),
            ("HTTP/1.1 503 Busy now\r\nContent-Length: 0\r\n\r\n", 503, .none, true),
            ("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, .none, true),
            ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, .none, true),
            ("HTTP/1.1 100 Continue\r\n\r\n", 100, .none, true),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, .chunked, true),
            ("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n", 200, .length(1), false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n", 200, .length(1), true),
        ] as [(String, Int, HTTPBodyFraming, Bool)]
    )
    func responseFraming(_ text: String, _ status: Int, _ framing: HTTPBodyFraming, _ keepAlive: Bool) throws {
        let head = try response(text)
        #expect(head.status == status)
        #expect(head.framing == framing)
        #expect(head.keepAlive == keepAlive)
    }

    @Test("an answer to HEAD has no body, whatever its length")
    func answerToHead() throws {
        #expect(try response("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", isAnswerToHead: true).framing == .none)
    }

    @Test(arguments: [
        "\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n", "HTTP/1.1 600 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 200 O\u{1}K\r\n\r\n", "HTTP/1.1 200 OK\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
    ])
    func malformedResponse(_ text: String) {
        #expect(throws: HTTPParseError.self) { try response(text) }
    }

    @Test("the end of a head is found wherever it is torn", arguments: ["\r\n\r\n", "\n\n", "\n\r\n", "\r\n\n"])
    func endOfHead(_ end: String) {
        let head = Array("GET / HTTP/1.1\r\nHost: x\(end)".utf8)
        let bytes = head + Array("next\r\n\r\n".utf8)
        for first in 0...head.count {
            var scanned = 0
            let early = bytes[..<first].withUnsafeBytes { HTTPHeadParser.endOfHead(in: $0, scanned: &scanned) }
            #expect(early == (first == head.count ? head.count : nil))
            if early == nil {
                #expect(bytes.withUnsafeBytes { HTTPHeadParser.endOfHead(in: $0, scanned: &scanned) } == head.count)
            }
        }
    }

    @Test("a head that begins with an empty line ends with it")
    func emptyLines() {
        var scanned = 0
        #expect(Array("\r\nGET".utf8).withUnsafeBytes { HTTPHeadParser.endOfHead(in: $0, scanned: &scanned) } == 2)
        scanned = 0
        #expect(Array("\nGET".utf8).withUnsafeBytes { HTTPHeadParser.endOfHead(in: $0, scanned: &scanned) } == 1)
    }

    @Test("empty lines before a request are passed over wherever they are torn", arguments: [0, 1, 2, 3])
    func emptyLinesBeforeRequest(_ lines: Int) {
        let head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        let bytes = Array((String(repeating: "\r\n", count: lines) + head).utf8)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                var waiting: [UInt8] = []
                var scanned = 0
                var end: Int?
                for piece in [bytes[..<first], bytes[first..<second], bytes[second...]] where end == nil {
                    waiting += piece
                    let found = waiting.withUnsafeBytes { HTTPHeadParser.requestHead(in: $0, scanned: &scanned) }
                    waiting.removeFirst(found.emptyLines)
                    end = found.end
                }
                #expect(end == head.utf8.count && waiting == Array(head.utf8))
            }
        }
    }
}

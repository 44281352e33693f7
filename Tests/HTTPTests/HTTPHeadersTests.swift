import Testing

@testable import HTTP

@Suite struct HTTPHeadersTests {
    private let headers: HTTPHeaders = [
        "Content-Type": "Application/X-Protobuf; v=1", "X": "1", "x": "2", "Connection": "a , CLOSE",
    ]

    @Test func lookUp() {
        #expect(headers["content-type"] == "Application/X-Protobuf; v=1")
        #expect(headers["X"] == "1")
        #expect(headers.values(of: "x") == ["1", "2"])
        #expect(headers["Content"] == nil)
        #expect(headers.count == 4)
        #expect(!headers.isEmpty)
        #expect(HTTPHeaders().isEmpty)
    }

    @Test func lists() {
        #expect(headers.lists("close", in: "connection"))
        #expect(headers.lists("A", in: "Connection"))
        #expect(!headers.lists("clos", in: "connection"))
        #expect(!headers.lists("close", in: "X"))
    }

    @Test func mediaType() {
        #expect(headers.hasMediaType("application/x-protobuf"))
        #expect(!headers.hasMediaType("application/json"))
        #expect(!HTTPHeaders().hasMediaType("application/json"))
    }

    @Test("equality ignores the case of names, and not that of values or the order")
    func equality() {
        #expect(["A": "b"] as HTTPHeaders == ["a": "b"])
        #expect(["A": "b"] as HTTPHeaders != ["A": "B"])
        #expect(["A": "1", "B": "2"] as HTTPHeaders != ["B": "2", "A": "1"])
        #expect(headers.description.hasPrefix("[\"Content-Type\": \"Application/X-Protobuf; v=1\", \"X\": \"1\""))
        #expect(headers.map(\.name) == ["Content-Type", "X", "x", "Connection"])
    }

    @Test(arguments: ["", "a b", "a:", "ä", "a\r\n"])
    func invalidName(_ name: String) {
        #expect(!HTTPHeaders.isValidName(name))
    }

    @Test(arguments: ["a\r\nb", "a\nb", "\u{0}", " a", "a ", "\ta"])
    func invalidValue(_ value: String) {
        #expect(!HTTPHeaders.isValidValue(value))
    }

    @Test func validParts() {
        #expect(HTTPHeaders.isValidName("X-API_key.1"))
        #expect(HTTPHeaders.isValidValue(""))
        #expect(HTTPHeaders.isValidValue("a \t ä"))
    }

    @Test("a value that would forge a field stops the program")
    func forgery() async {
        await #expect(processExitsWith: .failure) {
            var headers = HTTPHeaders()
            headers.append("A", "b\r\nC: d")
        }
    }
}

@Suite struct HTTPDateTests {
    @Test(
        arguments: [
            // RFC 9110, section 5.6.7, and values of `date -u -d @N '+%a, %d %b %Y %T GMT'` (GNU coreutils 9.1).
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"), (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        ] as [(UInt64, String)]
    )
    func formatAndParse(_ seconds: UInt64, _ text: String) {
        #expect(HTTPDate.format(seconds: seconds) == text)
        #expect(HTTPDate.seconds(parsing: text) == seconds)
    }

    @Test(arguments: [
        "", "0", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1969 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
    func refuses(_ text: String) {
        #expect(HTTPDate.seconds(parsing: text) == nil)
    }
}

@Suite struct HTTPEndpointTests {
    @Test(arguments: [
        ("http://127.0.0.1:4318/v1/logs", "127.0.0.1", 4318, "/v1/logs"), ("http://localhost", "localhost", 80, "/"),
        ("HTTP://Host:1/", "Host", 1, "/"), ("http://[::1]:65535/a?b=c", "::1", 65_535, "/a?b=c"),
        ("http://[fe80::1]", "fe80::1", 80, "/"), ("http://a-b.c_d?x=1", "a-b.c_d", 80, "/?x=1"),
    ])
    func valid(_ text: String, _ host: String, _ port: Int, _ path: String) throws {
        let endpoint = try HTTPEndpoint(parsing: text)
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
        #expect(endpoint.path == path)
    }

    @Test(
        arguments: [
            ("", .noScheme), ("localhost:4318", .noScheme), ("https://x", .secure), ("ftp://x", .scheme("ftp")),
            ("http://", .host), ("http:///x", .host), ("http://:80", .host), ("http://[::1", .host),
            ("http://[x]", .host),
            ("http://[::1]x", .host), ("http://a:b:c", .host), ("http://a%20b", .host), ("http://a:0", .port("0")),
            ("http://a:65536", .port("65536")), ("http://a:", .port("")), ("http://a:+1", .port("+1")),
            ("http://a/b c", .character), ("http://a/ä", .character), ("http://a/\n", .character),
            ("http://a/#b", .fragment),
            ("http://user:secret@a", .userInformation),
        ] as [(String, HTTPEndpointError.Reason)]
    )
    func invalid(_ text: String, _ reason: HTTPEndpointError.Reason) {
        #expect(throws: HTTPEndpointError(url: text, reason: reason)) { try HTTPEndpoint(parsing: text) }
    }

    @Test("an error names the value, the reason and what to do")
    func messages() {
        #expect(
            HTTPEndpointError(url: "https://x", reason: .secure).description
                == "invalid endpoint \"https://x\": this client has no TLS; use an http:// endpoint, such as a collector "
                + "on this machine"
        )
        #expect(
            HTTPEndpointError(url: "http://a:0", reason: .port("0")).description
                == "invalid endpoint \"http://a:0\": \"0\" is not a port; use a number from 1 to 65535"
        )
    }

    @Test func descriptions() throws {
        #expect(try HTTPEndpoint(parsing: "http://[::1]:4318").authority == "[::1]:4318")
        #expect(try HTTPEndpoint(parsing: "http://h").description == "http://h:80/")
        #expect(try HTTPEndpoint(parsing: "http://h").path(appending: "/v1/logs") == "/v1/logs")
        #expect(try HTTPEndpoint(parsing: "http://h/a").path(appending: "/v1/logs") == "/a/v1/logs")
        #expect(try HTTPEndpoint(parsing: "http://h/a/").path(appending: "/v1/logs") == "/a/v1/logs")
    }
}

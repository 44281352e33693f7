import HTTP
import RunControl
import Testing

struct ReceiverEndpointTests {
    @Test(arguments: [
        ("http://localhost", "http://localhost:80/", "/", false), ("http://h:1/a", "http://h:1/a", "/a", false),
        ("https://localhost", "https://localhost", "/", true),
        ("HTTPS://h:1/a?b=c", "https://h:1/a?b=c", "/a?b=c", true),
        ("https://[::1]:4318", "https://[::1]:4318", "/", true),
    ])
    func valid(_ text: String, _ url: String, _ path: String, _ isSecure: Bool) throws {
        let endpoint = try ReceiverEndpoint(parsing: text)
        #expect(endpoint.description == url)
        #expect(endpoint.path == path)
        #expect(endpoint.isSecure == isSecure)
    }

    @Test(
        arguments: [
            ("https://", .host), ("https://:1", .host), ("https://[::1", .host), ("https://a:0", .port("0")),
            ("https://a:65536", .port("65536")), ("https://user:secret@a", .userInformation),
            ("https://a/b c", .character), ("https://a/#b", .fragment), ("ftp://a", .scheme("ftp")), ("a:1", .noScheme),
        ] as [(String, HTTPEndpointError.Reason)]
    )
    func invalid(_ text: String, _ reason: HTTPEndpointError.Reason) {
        #expect(throws: HTTPEndpointError(url: text, reason: reason)) { try ReceiverEndpoint(parsing: text) }
    }

    @Test("a message shows the form with the scheme that was given")
    func messages() {
        #expect(
            HTTPEndpointError(url: "https://", reason: .host).description
                == "invalid endpoint \"https://\": the host is missing or malformed; write it as https://host:port/path, "
                + "IPv6 as https://[::1]:port"
        )
    }
}

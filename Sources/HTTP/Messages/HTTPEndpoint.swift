/// Where a client connects to, and the path there: `http://127.0.0.1:4318/v1/logs`.
package struct HTTPEndpoint: Equatable, Sendable {
    /// A name, an IPv4 address, or an IPv6 address without brackets; never empty.
    package let host: String

    /// 1 to 65,535.
    package let port: Int

    /// The path with its query, as it is sent; begins with `/`, and is `/` where the URL has none.
    package let path: String

    /// Parses an absolute URL (RFC 3986, https://www.rfc-editor.org/rfc/rfc3986).
    ///
    /// - Throws: `HTTPEndpointError`, which names the URL and the reason. `https` is an error of its own: this client
    ///   has no TLS.
    package init(parsing text: String) throws(HTTPEndpointError) {
        func failure(_ reason: HTTPEndpointError.Reason) -> HTTPEndpointError {
            HTTPEndpointError(url: text, reason: reason)
        }
        guard let separator = text.firstRange(of: "://") else {
            throw failure(.noScheme)
        }
        switch text[..<separator.lowerBound].lowercased() {
        case "http": break
        case "https": throw failure(.secure)
        case let scheme: throw failure(.scheme(scheme))
        }
        guard text.utf8.allSatisfy(\.isTargetCharacter) else {
            throw failure(.character)
        }
        let rest = text[separator.upperBound...]
        guard !rest.contains("#") else {
            throw failure(.fragment)
        }
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<authorityEnd]
        guard !authority.contains("@") else {
            throw failure(.userInformation)
        }

        let portText: Substring?
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else {
                throw failure(.host)
            }
            let literal = authority[authority.index(after: authority.startIndex)..<close]
            guard literal.contains(":"), literal.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                throw failure(.host)
            }
            host = String(literal)
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.first == ":" else {
                throw failure(.host)
            }
            portText = after.isEmpty ? nil : after.dropFirst()
        } else {
            let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let name = parts.first, !name.isEmpty, name.utf8.allSatisfy(Self.isHostCharacter)
            else {
                throw failure(.host)
            }
            host = String(name)
            portText = parts.count == 2 ? parts[1] : nil
        }

        if let portText {
            guard portText.utf8.allSatisfy({ $0.decimalValue != nil }), let number = Int(portText),
                (1...65_535).contains(number)
            else {
                throw failure(.port(String(portText)))
            }
            port = number
        } else {
            port = 80
        }
        let target = rest[authorityEnd...]
        path = target.first == "/" ? String(target) : "/" + target
    }

    /// An endpoint made of checked parts, such as a server's own address.
    ///
    /// - Parameters:
    ///   - host: a name, an IPv4 address, or an IPv6 address without brackets; not empty.
    ///   - port: 1 to 65,535.
    ///   - path: begins with `/`.
    package init(host: String, port: Int, path: String = "/") {
        precondition(!host.isEmpty && host.utf8.allSatisfy { Self.isHostCharacter($0) || $0 == UInt8(ascii: ":") })
        precondition((1...65_535).contains(port), "a port lies between 1 and 65,535, not \(port)")
        precondition(path.first == "/" && path.utf8.allSatisfy(\.isTargetCharacter), "not a path: \(path)")
        self.host = host
        self.port = port
        self.path = path
    }

    /// `127.0.0.1:4318` or `[::1]:4318`: what the `Host` field says.
    package var authority: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// The endpoint's path followed by another, with one slash between them.
    ///
    /// - Parameter suffix: begins with `/`, such as `/v1/logs`.
    /// - Returns: a path that can be sent.
    package func path(appending suffix: String) -> String {
        precondition(suffix.first == "/", "a path to append begins with a slash, not as \(suffix)")
        return path.last == "/" ? path + suffix.dropFirst() : path + suffix
    }

    /// Letters, digits and the rest of `unreserved` of RFC 3986, section 2.3.
    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default:
            false
        }
    }
}

extension HTTPEndpoint: CustomStringConvertible {
    /// The URL: `http://127.0.0.1:4318/`.
    package var description: String {
        "http://\(authority)\(path)"
    }
}

/// Why a text is not an endpoint that this client can use.
package struct HTTPEndpointError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Reason: Equatable, Sendable {
        /// There is no `://`.
        case noScheme
        /// The scheme is `https`: this client has no TLS.
        case secure
        /// The scheme is neither `http` nor `https`.
        case scheme(String)
        /// A blank, a control character or one outside ASCII.
        case character
        /// There is a `#`, which is never sent.
        case fragment
        /// There is a user name or a password before the host.
        case userInformation
        /// The host is missing, or has characters that no host has.
        case host
        /// The port is not a number from 1 to 65,535.
        case port(String)
    }

    /// The text given.
    package let url: String

    /// What is wrong with it.
    package let reason: Reason

    /// An error of a text, also of one that was checked as a part of another.
    package init(url: String, reason: Reason) {
        self.url = url
        self.reason = reason
    }
}

extension HTTPEndpointError: CustomStringConvertible {
    /// Names the value, the reason and what to write instead.
    package var description: String {
        "invalid endpoint \"\(url)\": \(explanation)"
    }

    /// The reason and what to write instead, without the value.
    package var explanation: String {
        let scheme = url.lowercased().hasPrefix("https://") ? "https" : "http"
        return switch reason {
        case .noScheme: "it has no scheme; write it as http://host:port/path"
        case .secure: "this client has no TLS; use an http:// endpoint, such as a collector on this machine"
        case .scheme(let scheme): "the scheme \"\(scheme)\" is not supported; use http://"
        case .character: "it contains a blank, a control character or a character outside ASCII; percent-encode it"
        case .fragment: "it has a fragment (#…), which is never sent; leave it out"
        case .userInformation: "it has a user name or password; send credentials in a header"
        case .host:
            "the host is missing or malformed; write it as \(scheme)://host:port/path, IPv6 as \(scheme)://[::1]:port"
        case .port(let port): "\"\(port)\" is not a port; use a number from 1 to 65535"
        }
    }
}

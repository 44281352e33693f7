/// The first line and the header section of a request.
package struct HTTPRequestHead: Sendable {
    /// The method as sent, case-sensitive: `POST`.
    package var method: String

    /// The request target as sent: `/v1/logs?run=7`, or `http://host/v1/logs` from a client that takes us for a proxy.
    package var target: String

    /// The header section.
    package var headers: HTTPHeaders

    /// The minor version: 0 or 1 of HTTP/1.0 and HTTP/1.1.
    package var minorVersion = 1

    /// Whether the connection may serve another request after this one.
    package var keepAlive = true

    /// How the body's end is found; never `untilClose`.
    package var framing = HTTPBodyFraming.none

    /// Whether the client waits for `100 Continue` before it sends the body.
    package var expectsContinue = false

    /// A head made by hand, for tests.
    package init(method: String, target: String, headers: HTTPHeaders = HTTPHeaders()) {
        self.method = method
        self.target = target
        self.headers = headers
    }

    /// What stands before the first request of a connection.
    init() {
        self.init(method: "", target: "")
    }
}

// MARK: - Target

extension HTTPRequestHead {
    /// The path as sent, without scheme, authority and query: `/v1/logs`.
    package var path: String {
        let target = originForm
        let path = target[..<(target.firstIndex(of: "?") ?? target.endIndex)]
        return path.isEmpty ? "/" : String(path)
    }

    /// The decoded value of the first item of the query with that name; an item without `=` has an empty value.
    ///
    /// `%XX` and `+` are decoded as in forms; a stray `%` stands for itself.
    package func query(_ name: String) -> String? {
        queryItems.first { $0.name == name }?.value
    }

    /// The decoded items of the query, in their order.
    package var queryItems: [(name: String, value: String)] {
        let target = originForm
        guard let mark = target.firstIndex(of: "?") else {
            return []
        }
        return target[target.index(after: mark)...].split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: Self.decode(parts[0]), value: parts.count > 1 ? Self.decode(parts[1]) : "")
        }
    }

    /// The target without scheme and authority: "a server MUST accept the absolute-form in requests" (RFC 9112, 3.2.2).
    private var originForm: Substring {
        guard target.first != "/", let scheme = target.firstRange(of: "://") else {
            return target[...]
        }
        let rest = target[scheme.upperBound...]
        return rest.firstIndex { $0 == "/" || $0 == "?" }.map { rest[$0...] } ?? "/"
    }

    private static func decode(_ text: Substring) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count)
        var rest = text.utf8
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2).compactMap(\.hexadecimalValue)
                if digits.count == 2 {
                    decoded.append(UInt8(digits[0] << 4 | digits[1]))
                    rest.removeFirst(2)
                } else {
                    decoded.append(byte)
                }
            default:
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}

import Platform

/// Reads the answers that come over one connection of a client.
struct HTTPResponseReader: ~Copyable {
    /// Why there is no answer.
    enum Failure: Error {
        /// The connection ended or broke; whether before the first byte of the answer, and how.
        case closed(beforeAnyByte: Bool, SystemError?)
        case timedOut
        case malformed(String)
        case tooLarge
    }

    /// How many interim answers (1xx) may precede an answer.
    private static let maximumInterim = 32

    private var input = HTTPInputBuffer(capacity: 16 << 10)
    private var head = HTTPResponseHead()

    /// Whether the connection can carry another request, after an answer was read.
    private(set) var isReusable = false

    init() {}

    /// Reads one answer, past any interim ones.
    mutating func read(
        from socket: TCPSocket,
        isAnswerToHead: Bool,
        configuration: HTTPClientConfiguration,
        deadline: UInt64
    ) throws(Failure) -> HTTPResponse {
        isReusable = false
        head.status = 0
        for _ in 0...Self.maximumInterim {
            try readHead(from: socket, isAnswerToHead: isAnswerToHead, configuration, deadline)
            guard head.status >= 200 else {
                guard head.status != 101 else {
                    throw .malformed("the server switches to a protocol that nobody asked for")
                }
                continue
            }
            let body = try readBody(from: socket, configuration, deadline)
            // Bytes beyond the answer belong to no request: the connection is out of step.
            isReusable = head.keepAlive && input.unread.isEmpty
            return HTTPResponse(status: head.status, headers: head.headers, body: body)
        }
        throw .malformed("more than \(Self.maximumInterim) interim answers")
    }

    private mutating func readHead(
        from socket: TCPSocket,
        isAnswerToHead: Bool,
        _ configuration: HTTPClientConfiguration,
        _ deadline: UInt64
    ) throws(Failure) {
        var scanned = 0
        while true {
            let end = HTTPHeadParser.endOfHead(in: input.unread, scanned: &scanned)
            guard (end ?? input.unread.count) <= configuration.maximumResponseHeaderBytes else {
                throw .malformed("a header section larger than \(configuration.maximumResponseHeaderBytes) bytes")
            }
            if let end {
                let bytes = UnsafeRawBufferPointer(rebasing: input.unread[..<end])
                do throws(HTTPParseError) {
                    try HTTPHeadParser.parseResponse(bytes, isAnswerToHead: isAnswerToHead, into: &head)
                } catch {
                    throw .malformed(error.description)
                }
                input.consume(end)
                return
            }
            try readMore(from: socket, minimumRoom: 4096, deadline)
        }
    }

    private mutating func readBody(
        from socket: TCPSocket,
        _ configuration: HTTPClientConfiguration,
        _ deadline: UInt64
    ) throws(Failure) -> [UInt8] {
        let limit = configuration.maximumResponseBodyBytes
        switch head.framing {
        case .none:
            return []
        case .length(let length):
            guard length <= limit else {
                throw .tooLarge
            }
            while input.unread.count < length {
                try readMore(from: socket, minimumRoom: length - input.unread.count, deadline)
            }
            return take(length)
        case .chunked:
            return try readChunks(from: socket, limit: limit, configuration, deadline)
        case .untilClose:
            repeat {
                guard input.unread.count <= limit else {
                    throw .tooLarge
                }
            } while try readUntilClose(from: socket, deadline)
            return take(input.unread.count)
        }
    }

    private mutating func readChunks(
        from socket: TCPSocket,
        limit: Int,
        _ configuration: HTTPClientConfiguration,
        _ deadline: UInt64
    ) throws(Failure) -> [UInt8] {
        var decoder = HTTPChunkedDecoder(maximumTrailerBytes: configuration.maximumResponseHeaderBytes)
        var body: [UInt8] = []
        while true {
            let step: HTTPChunkedDecoder.Step
            do throws(HTTPParseError) {
                step = try decoder.step(over: input.unread)
            } catch {
                throw .malformed(error.description)
            }
            switch step {
            case .content(let skip, let count):
                guard body.count + count <= limit else {
                    throw .tooLarge
                }
                body.append(contentsOf: input.unread[skip..<skip + count])
                input.consume(skip + count)
            case .incomplete(let skip):
                guard decoder.remaining <= limit - body.count else {
                    throw .tooLarge
                }
                input.consume(skip)
                try readMore(from: socket, minimumRoom: 8192, deadline)
            case .finished(let skip):
                input.consume(skip)
                return body
            }
        }
    }

    private mutating func take(_ count: Int) -> [UInt8] {
        let body = Array(input.unread[..<count])
        input.consume(count)
        return body
    }

    private mutating func readMore(
        from socket: TCPSocket,
        minimumRoom: Int,
        _ deadline: UInt64
    ) throws(Failure) {
        let isFirst = input.unread.isEmpty && head.status == 0
        let count = try fill(from: socket, minimumRoom: minimumRoom, deadline, isFirst: isFirst)
        guard count > 0 else {
            throw .closed(beforeAnyByte: isFirst, nil)
        }
    }

    /// Reads on; false at the end of the connection.
    private mutating func readUntilClose(from socket: TCPSocket, _ deadline: UInt64) throws(Failure) -> Bool {
        try fill(from: socket, minimumRoom: 8192, deadline, isFirst: false) > 0
    }

    private mutating func fill(
        from socket: TCPSocket,
        minimumRoom: Int,
        _ deadline: UInt64,
        isFirst: Bool
    ) throws(Failure) -> Int {
        do throws(SystemError) {
            return try input.fill(minimumRoom: minimumRoom, from: socket, deadline: deadline)
        } catch {
            throw error.isTimeout ? .timedOut : .closed(beforeAnyByte: isFirst, error)
        }
    }
}

import Platform

extension HTTPServerConnection {
    /// Reads and parses a head, and takes it from the buffer.
    func readHead(_ session: inout Session, deadline: UInt64) throws(Refusal) {
        var scanned = 0
        while true {
            let (emptyLines, end) = HTTPHeadParser.requestHead(in: session.input.unread, scanned: &scanned)
            session.input.consume(emptyLines)
            if let first = session.input.unread.first, !first.isTokenCharacter, first != UInt8(ascii: "\r") {
                // Not HTTP at all, such as the start of a TLS session: no end of a head would ever come.
                throw .answer(status: 400, reason: "the request does not begin with a method")
            }
            guard (end ?? session.input.unread.count) <= configuration.maximumHeaderBytes else {
                let limit = configuration.maximumHeaderBytes
                throw .answer(status: 431, reason: "the header section is larger than \(limit) bytes")
            }
            if let end {
                let bytes = UnsafeRawBufferPointer(rebasing: session.input.unread[..<end])
                do throws(HTTPParseError) {
                    try HTTPHeadParser.parseRequest(bytes, into: &session.head)
                } catch {
                    throw .answer(status: error.status, reason: error.description)
                }
                session.input.consume(end)
                return
            }
            try readMore(&session.input, minimumRoom: 4096, deadline: deadline)
        }
    }

    /// Reads a body until it lies whole at the start of the unread bytes.
    ///
    /// - Returns: the body's length, and how many unread bytes belong to the request.
    func readBody(_ session: inout Session, deadline: UInt64) throws(Refusal) -> (body: Int, used: Int) {
        switch session.head.framing {
        case .none, .untilClose:
            return (0, 0)
        case .length(let length):
            guard length <= configuration.maximumBodyBytes else {
                throw tooLarge
            }
            try writeContinueIfAwaited(&session, deadline: deadline)
            while session.input.unread.count < length {
                try readMore(&session.input, minimumRoom: length - session.input.unread.count, deadline: deadline)
            }
            return (length, length)
        case .chunked:
            try writeContinueIfAwaited(&session, deadline: deadline)
            return try readChunks(&session.input, deadline: deadline)
        }
    }

    private func readChunks(
        _ input: inout HTTPInputBuffer,
        deadline: UInt64
    ) throws(Refusal) -> (body: Int, used: Int) {
        var decoder = HTTPChunkedDecoder(maximumTrailerBytes: configuration.maximumHeaderBytes)
        // The content is moved together at the start of the unread bytes: [content][gap][not understood yet].
        var content = 0
        var position = 0
        while true {
            let step: HTTPChunkedDecoder.Step
            do throws(HTTPParseError) {
                step = try decoder.step(over: UnsafeRawBufferPointer(rebasing: input.unread[position...]))
            } catch {
                throw .answer(status: error.status, reason: error.description)
            }
            switch step {
            case .content(let skip, let count):
                // What the chunk still announces counts already: it need not arrive to be refused.
                guard decoder.remaining <= configuration.maximumBodyBytes,
                    content + count <= configuration.maximumBodyBytes - decoder.remaining
                else {
                    throw tooLarge
                }
                input.moveUnread(from: position + skip, to: content, count: count)
                position += skip + count
                content += count
            case .incomplete(let skip):
                position += skip
                guard decoder.remaining <= configuration.maximumBodyBytes - content else {
                    throw tooLarge
                }
                input.removeUnread(content..<position)
                position = content
                try readMore(&input, minimumRoom: Self.readBytes / 2, deadline: deadline)
            case .finished(let skip):
                return (content, position + skip)
            }
        }
    }

    private var tooLarge: Refusal {
        .answer(status: 413, reason: "the body is larger than \(configuration.maximumBodyBytes) bytes")
    }

    /// Sends `100 Continue`, unless the body is on its way already.
    private func writeContinueIfAwaited(_ session: inout Session, deadline: UInt64) throws(Refusal) {
        guard session.head.expectsContinue, session.input.unread.isEmpty else {
            return
        }
        do throws(SystemError) {
            try session.output.writeContinue(to: socket, deadline: deadline)
        } catch {
            throw .close
        }
    }

    /// Reads more of the request; throws if the client has ended the connection or takes too long.
    func readMore(_ input: inout HTTPInputBuffer, minimumRoom: Int, deadline: UInt64) throws(Refusal) {
        let count: Int
        do throws(SystemError) {
            count = try input.fill(minimumRoom: minimumRoom, from: socket, deadline: deadline)
        } catch {
            throw error.isTimeout ? .answer(status: 408, reason: "the request did not arrive in time") : .close
        }
        guard count > 0 else {
            throw .close
        }
    }
}

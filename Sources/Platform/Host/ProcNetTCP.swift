/// `/proc/net/tcp`: what waits in the queues of the connections to one port (proc_net_tcp(5)).
package struct ProcNetTCP: Equatable, Sendable {
    /// Connections that the port's owner has accepted or could accept.
    package private(set) var connections = 0

    /// Bytes that have arrived there and that nobody has read yet.
    package private(set) var unreadBytes: UInt64 = 0

    /// Bytes that others on this machine have sent to the port and that its side has not acknowledged.
    package private(set) var unacknowledgedBytes: UInt64 = 0

    /// Parses the file's text: a heading, then a line a socket, in hexadecimal.
    ///
    ///     sl  local_address rem_address   st tx_queue:rx_queue …
    ///      0: 0100007F:10DE 0100007F:9F71 01 00000000:00000000 …
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - port: the port of the receiver; sockets that listen have no data and are passed over.
    /// - Throws: `ProcParseError` if a line has another form.
    package init(parsing bytes: UnsafeRawBufferPointer, port: UInt16) throws(ProcParseError) {
        var text = ProcText(bytes)
        while text.nextLine() {
            guard text.word() != nil else {
                continue
            }
            guard let local = text.word(), let remote = text.word(), let state = text.word(), let queues = text.word(),
                let localPort = Self.pair(local)?.second, let remotePort = Self.pair(remote)?.second,
                let state = Self.hexadecimal(state), let queues = Self.pair(queues)
            else {
                throw ProcParseError(file: "net/tcp", reason: "a line without addresses, state and queues")
            }
            // In state LISTEN (0A) the queues hold connections, not bytes.
            guard state != 0x0A else {
                continue
            }
            if localPort == UInt64(port) {
                connections += 1
                unreadBytes += queues.second
            } else if remotePort == UInt64(port) {
                unacknowledgedBytes += queues.first
            }
        }
    }

    /// `first:second`, both hexadecimal; of an address in version 6 only the last 16 digits are kept, which is enough
    /// for who wants the port.
    private static func pair(_ word: Slice<UnsafeRawBufferPointer>) -> (first: UInt64, second: UInt64)? {
        guard let colon = word.firstIndex(of: UInt8(ascii: ":")), let first = hexadecimal(word[..<colon].suffix(16)),
            let second = hexadecimal(word[(colon + 1)...])
        else {
            return nil
        }
        return (first, second)
    }

    private static func hexadecimal(_ word: Slice<UnsafeRawBufferPointer>) -> UInt64? {
        UInt64(String(decoding: word, as: UTF8.self), radix: 16)
    }
}

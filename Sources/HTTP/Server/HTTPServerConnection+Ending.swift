import Platform
import Synchronization

extension HTTPServerConnection {
    /// How long, and for how many bytes, the client's rest is read after the last answer.
    private static let lingerNanoseconds: UInt64 = 1_000_000_000
    private static let lingerBytes = 16 << 20

    /// Answers with an error, after which the connection ends.
    func refuse(with answer: HTTPResponse, _ session: inout Session) {
        do throws(SystemError) {
            try session.output.write(
                answer,
                isAnswerToHead: false,
                minorVersion: 1,
                keepAlive: false,
                to: socket,
                deadline: MonotonicClock.deadline(after: Self.lingerNanoseconds)
            )
        } catch {
            // The client has gone: there is nobody to tell.
            return
        }
        linger(&session.input)
    }

    /// Reads on for a while after the last answer.
    ///
    /// Closing with unread bytes would send a reset, which can destroy the answer before the client has read it: "the
    /// server … performs a half-close … then continues to read … until it receives a corresponding close by the client,
    /// or … is reasonably certain that its own TCP stack has received the client's acknowledgement" (RFC 9112, section
    /// 9.6).
    func linger(_ input: inout HTTPInputBuffer) {
        socket.shutdown(.writing)
        awaitEnd(&input, nanoseconds: Self.lingerNanoseconds)
    }

    /// Reads away what comes until the client ends the connection or the time is over.
    func awaitEnd(_ input: inout HTTPInputBuffer, nanoseconds: UInt64) {
        let deadline = MonotonicClock.deadline(after: nanoseconds)
        var total = 0
        while total < Self.lingerBytes, !isStopping.load(ordering: .relaxed) {
            input.consume(input.unread.count)
            do throws(SystemError) {
                let count = try input.fill(minimumRoom: 4096, from: socket, deadline: deadline)
                guard count > 0 else {
                    return
                }
                total += count
            } catch {
                return
            }
        }
    }
}

import HTTP
import Synchronization

/// What a receiver was sent, by target; it answers with the media type of the request.
final class ReceivedBodies: Sendable {
    private let bodies = Mutex<[String: [UInt8]]>([:])

    var all: [String: [UInt8]] { bodies.withLock { $0 } }

    func handler() -> any HTTPConnectionHandler {
        Handler(self)
    }

    private final class Handler: HTTPConnectionHandler {
        private let owner: ReceivedBodies

        init(_ owner: ReceivedBodies) {
            self.owner = owner
        }

        func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
            owner.bodies.withLock { $0[head.target] = Array(body) }
            return HTTPResponse(status: 200, headers: ["Content-Type": head.headers["Content-Type"] ?? ""])
        }
    }
}

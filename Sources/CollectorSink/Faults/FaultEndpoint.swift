import FoundationEssentials
import HTTP
import HarnessCore
import Platform

/// Answers `/bench/faults`.
///
///     POST   /bench/faults         sets the faults of the body in place of all others
///     POST   /bench/faults?add=1   sets them beside the others
///     GET    /bench/faults         what is set, and what it did
///     DELETE /bench/faults         removes all faults and counts
///     DELETE /bench/faults?id=N    removes one
///
/// Each answers with the report; one that opens or closes the listener is answered when that has happened.
internal struct FaultEndpoint {
    /// The faults.
    internal let board: FaultBoard

    /// Answers a request.
    internal func respond(to head: HTTPRequestHead, body: UnsafeRawBufferPointer) -> HTTPResponse {
        switch head.method {
        case "GET": return report
        case "POST": return set(body, keepsOthers: head.query("add").map { $0 != "0" } ?? false)
        case "DELETE": return remove(head.query("id"))
        default:
            var response = HTTPResponse(
                status: 405,
                text: "\(head.path) takes GET, POST and DELETE, not \(head.method)"
            )
            response.headers.append("Allow", "GET, POST, DELETE")
            return response
        }
    }

    private func set(_ body: UnsafeRawBufferPointer, keepsOthers: Bool) -> HTTPResponse {
        do throws(StrictJSONError) {
            let command = try FaultCommand(parsing: body)
            guard
                board.set(command.faults, keepsOthers: keepsOthers, origin: command.origin, seed: command.seed) != nil
            else {
                let limit = FaultBoard.maximumFaults
                return HTTPResponse(status: 507, text: "more than \(limit) faults at once; remove some with DELETE")
            }
            return settled
        } catch {
            return HTTPResponse(status: 400, text: error.description)
        }
    }

    private func remove(_ id: String?) -> HTTPResponse {
        guard let id else {
            board.clear()
            return settled
        }
        guard let number = Int(id), board.remove(number) else {
            let known = board.report(now: MonotonicClock.now()).faults.map { String($0.id) }
            let there = known.isEmpty ? "there is none" : "there are: \(known.joined(separator: ", "))"
            return HTTPResponse(status: 404, text: "there is no fault with the id \"\(id)\"; \(there)")
        }
        return settled
    }

    private var settled: HTTPResponse {
        guard board.awaitListener() else {
            let trouble = board.report(now: MonotonicClock.now()).trouble ?? "the listener has not followed"
            return HTTPResponse(status: 500, text: trouble)
        }
        return report
    }

    private var report: HTTPResponse {
        do {
            let body = Array(try JSONEncoder.forAnswers().encode(board.report(now: MonotonicClock.now())))
            return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
        } catch {
            return HTTPResponse(status: 500, text: "cannot encode the answer: \(error)")
        }
    }
}

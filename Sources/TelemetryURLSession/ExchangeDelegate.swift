import Foundation
import FoundationNetworking
import Synchronization

/// Hands what a session reports to the exchange that is under way.
final class ExchangeDelegate: NSObject, URLSessionDataDelegate {
    private struct State {
        var exchange: Exchange?
        var task: URLSessionTask?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Begins an exchange.
    ///
    /// - Returns: False if exchanges have been cancelled for good.
    func begin(_ exchange: Exchange, _ task: URLSessionTask) -> Bool {
        state.withLock { state in
            guard !state.isCancelled else { return false }
            state.exchange = exchange
            state.task = task
            return true
        }
    }

    /// Ends the exchange that is under way; none begins any more.
    func cancel() {
        let task = state.withLock { state in
            state.isCancelled = true
            return state.task
        }
        task?.cancel()
    }

    /// The exchange of a task, unless it has been given up for a later one.
    private func exchange(of task: URLSessionTask) -> Exchange? {
        state.withLock { $0.task?.taskIdentifier == task.taskIdentifier ? $0.exchange : nil }
    }

    // MARK: - URLSessionDataDelegate

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        // The program said where its telemetry goes: nobody else does.
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        exchange(of: dataTask)?.receive(response)
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard let exchange = exchange(of: dataTask), !exchange.receive(data) else { return }
        dataTask.cancel()
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        exchange(of: task)?.end(error)
    }
}

import Dispatch
import Foundation
import FoundationNetworking
import Telemetry

/// Posts requests through a session of its own, one at a time.
final class URLSessionTransport: SecureTransport {
    private let url: URL
    private let requestTimeout: Duration
    private let session: URLSession
    private let exchanges: ExchangeDelegate

    /// Makes a transport; it connects with its first request.
    ///
    /// - Throws: `SecureTransportError` if the address is no URL.
    init(url text: String, requestTimeout: Duration) throws(SecureTransportError) {
        guard let url = URL(string: text), url.host != nil else {
            throw SecureTransportError("'\(text)' is not a URL", isRetryable: false)
        }
        self.url = url
        self.requestTimeout = requestTimeout
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.httpMaximumConnectionsPerHost = 1
        exchanges = ExchangeDelegate()
        // A session keeps its delegate until it is invalidated.
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    deinit {
        session.invalidateAndCancel()
    }

    func post(
        body: [UnsafeRawBufferPointer],
        headers: [(name: String, value: String)]
    ) throws(SecureTransportError) -> SecureTransportAnswer {
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        // This one is about silence on the connection; the wait below is about the whole request.
        request.timeoutInterval = requestTimeout.seconds
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        var data = Data(capacity: body.reduce(0) { $0 + $1.count })
        for part in body { data.append(contentsOf: part) }
        request.httpBody = data
        let exchange = Exchange()
        let task = session.dataTask(with: request)
        guard exchanges.begin(exchange, task) else { throw Self.cancelled }
        task.resume()
        guard exchange.wait(timeout: requestTimeout) else {
            task.cancel()
            throw SecureTransportError("no answer from \(url.absoluteString) in \(requestTimeout)", isRetryable: true)
        }
        return try exchange.result(from: url).get()
    }

    func cancel() {
        exchanges.cancel()
    }

    private static let cancelled = SecureTransportError("the request was cancelled", isRetryable: true)
}

extension Duration {
    /// The duration as a number of seconds, rounded.
    fileprivate var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

import Dispatch
import Foundation
import FoundationNetworking
import Synchronization
import Telemetry

/// One request and what has come back of it so far.
final class Exchange: Sendable {
    /// A backend's answer is a few bytes; OpenTelemetry asks that clients read no more than this.
    static let bodyLimit = 4 << 20

    private struct State {
        var answer: SecureTransportAnswer?
        var isTooLarge = false
        var error: (any Error)?
    }

    private let state = Mutex(State())
    private let done = DispatchSemaphore(value: 0)

    /// Waits for the end of the request.
    ///
    /// - Returns: Whether it has ended.
    func wait(timeout: Duration) -> Bool {
        let (seconds, attoseconds) = timeout.components
        // A day is for ever here, and keeps the sum in range.
        let nanoseconds = Int(min(seconds, 86_400)) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        return done.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success
    }

    /// What came of the request, after its end.
    func result(from url: URL) -> Result<SecureTransportAnswer, SecureTransportError> {
        state.withLock { state in
            if state.isTooLarge {
                let limit = "more than \(Self.bodyLimit) bytes"
                return .failure(SecureTransportError("\(url.absoluteString) answered \(limit)", isRetryable: false))
            }
            if let error = state.error { return .failure(SecureTransportError(error, url: url)) }
            if let answer = state.answer { return .success(answer) }
            return .failure(SecureTransportError("\(url.absoluteString) gave no HTTP answer", isRetryable: false))
        }
    }

    // MARK: - Called by the session

    /// Takes the head of an answer.
    func receive(_ response: URLResponse) {
        guard let response = response as? HTTPURLResponse else { return }
        state.withLock { state in
            state.answer = SecureTransportAnswer(
                status: response.statusCode,
                retryAfter: response.value(forHTTPHeaderField: "Retry-After"),
                contentType: response.value(forHTTPHeaderField: "Content-Type")
            )
        }
    }

    /// Takes a part of the body.
    ///
    /// - Returns: Whether more is wanted.
    func receive(_ data: Data) -> Bool {
        state.withLock { state in
            guard (state.answer?.body.count ?? 0) + data.count <= Self.bodyLimit else {
                state.isTooLarge = true
                return false
            }
            state.answer?.body += data
            return true
        }
    }

    /// Ends the exchange.
    func end(_ error: (any Error)?) {
        state.withLock { $0.error = error }
        done.signal()
    }
}

extension SecureTransportError {
    /// What an error of a session means: all passes by itself but what the certificate or the address is to blame for.
    ///
    /// On Linux URLSession has no code for a certificate that it refuses: it says `unknown`, with the words of libcurl,
    /// such as "SSL certificate problem: self-signed certificate" and "SSL: no alternative certificate subject name …".
    init(_ error: any Error, url: URL) {
        let message = error.localizedDescription
        let isRetryable =
            switch (error as? URLError)?.code {
            case .serverCertificateUntrusted?, .serverCertificateHasBadDate?, .serverCertificateNotYetValid?,
                .serverCertificateHasUnknownRoot?, .clientCertificateRejected?, .clientCertificateRequired?,
                .secureConnectionFailed?, .badURL?, .unsupportedURL?:
                false
            case .unknown?: !message.hasPrefix("SSL")
            default: true
            }
        self.init("\(url.absoluteString): \(message)", isRetryable: isRetryable)
    }
}

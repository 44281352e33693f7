/// How often and for how long a request is repeated after a retryable failure.
///
/// Retryable are the statuses 429, 502, 503 and 504, connections that fail or break, and requests that time out
/// (https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes). The n-th pause is drawn between half and all
/// of `initialBackoff · 2ⁿ`, at most `maximumBackoff`; a `Retry-After` of the backend that is longer wins.
///
/// If that is longer than a batch may take, the batch is given up, and those after it wait in the queue until the
/// `Retry-After` is over, for five minutes at most. A request whose kept connection proves dead before any answer is sent once
/// more over a new one without a pause, and counted as a retry.
public struct RetryPolicy: Sendable, Equatable {
    /// The first pause.
    ///
    /// Positive.
    public var initialBackoff: Duration = .milliseconds(500)
    /// The longest pause that is chosen by doubling.
    ///
    /// Not shorter than `initialBackoff`.
    public var maximumBackoff: Duration = .seconds(5)
    /// The longest time from the first attempt to the last; zero means that nothing is repeated.
    public var maximumElapsed: Duration = .seconds(30)

    /// Makes the default policy.
    public init() {}
}

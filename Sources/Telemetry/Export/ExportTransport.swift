/// Carries encoded batches to a backend.
///
/// Used by the exporter's thread alone, `cancel` excepted.
protocol ExportTransport: AnyObject, Sendable {
    /// Sends one request and waits for its answer.
    ///
    /// - Parameter records: Encoded records, each with its tag and length.
    /// - Returns: What the backend made of it; a backend that does not answer is one of the possible answers.
    func send(_ records: UnsafeRawBufferPointer) -> ExportAnswer

    /// Makes a `send` in progress and all later ones end soon. Any thread may call it.
    func cancel()
}

/// What a backend made of one request.
enum ExportAnswer: Equatable {
    /// It took the request, except for so many items (partial success).
    case accepted(rejectedItems: Int)
    /// The same request may succeed later.
    case retryable(reason: String, retryAfter: UInt64?)
    /// The same request will never succeed.
    case rejected(reason: String)
}

/// How the export of one batch ended, retries included.
struct ExportOutcome: Equatable {
    /// Items of the batch that did not arrive.
    var lostItems = 0
    /// Why they did not.
    var reason: TelemetryStatus.DropReason?
    /// Requests sent.
    var requests: UInt64 = 0
    /// The last thing that went wrong, in words.
    var failure: String?
}

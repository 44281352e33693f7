/// Carries encoded batches to a backend.
///
/// Used by the exporter's thread alone, `cancel` excepted.
protocol ExportTransport: AnyObject, Sendable {
    /// Sends one request and waits for its answer.
    ///
    /// - Parameter records: Encoded records: in protobuf each with its tag and length, in JSON each with a comma behind.
    /// - Returns: What the backend made of it; a backend that does not answer is one of the possible answers.
    func send(_ records: UnsafeRawBufferPointer) -> ExportAnswer

    /// How many requests went out a second time within `send`, over a new connection, since this was asked last.
    func takeResentRequests() -> UInt64

    /// Makes a `send` in progress and all later ones end soon. Any thread may call it.
    func cancel()
}

extension ExportTransport {
    /// None: what a transport does not know it cannot tell.
    func takeResentRequests() -> UInt64 { 0 }
}

/// What a backend made of one request.
enum ExportAnswer: Equatable {
    /// It took the request, except for so many items (partial success).
    case accepted(rejectedItems: Int)
    /// The same request may succeed later.
    case retryable(reason: String, retryAfter: UInt64?)
    /// The same request will never succeed.
    case rejected(reason: String)
    /// The request is larger than the backend takes: its parts may succeed.
    case tooLarge(reason: String)
}

/// Items of a batch that did not arrive.
struct ExportLosses: Equatable {
    /// How many, by reason.
    private(set) var byReason: [TelemetryStatus.DropReason: Int] = [:]

    /// No losses.
    init() {}

    /// Some items, lost for one reason.
    init(_ items: Int, _ reason: TelemetryStatus.DropReason) {
        add(items, reason)
    }

    /// How many in all.
    var items: Int {
        byReason.values.reduce(0, +)
    }

    /// Adds items.
    mutating func add(_ items: Int, _ reason: TelemetryStatus.DropReason) {
        if items > 0 { byReason[reason, default: 0] += items }
    }
}

/// How the export of one batch ended, retries included.
struct ExportOutcome: Equatable {
    /// Items of the batch that did not arrive.
    var losses = ExportLosses()
    /// Requests sent.
    var requests: UInt64 = 0
    /// Requests that repeated one before.
    var retries: UInt64 = 0
    /// The last thing that went wrong, in words.
    var failure: String?
}

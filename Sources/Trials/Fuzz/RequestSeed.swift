package import OTLP

/// A request as some sender made it: what spoilt ones are made of.
package struct RequestSeed: Sendable {
    /// The signal.
    package let signal: OTLPSignal
    /// Whether it is JSON; protobuf otherwise.
    package let isJSON: Bool
    /// The body, not compressed.
    package let body: [UInt8]

    /// A seed.
    package init(signal: OTLPSignal, isJSON: Bool, body: [UInt8]) {
        self.signal = signal
        self.isJSON = isJSON
        self.body = body
    }
}

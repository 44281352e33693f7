/// Why a measurement was not recorded.
public enum MeasurementRefusal: String, Sendable, Hashable, CaseIterable {
    /// A counter was asked to go down.
    case negativeIncrement = "negative_increment"
    /// NaN or an infinity: a sum would be spoilt by it for good, and few backends take it in a gauge.
    case notFinite = "not_finite"
    /// The sum would leave the range of 64-bit integers, or of finite doubles.
    case sumOverflow = "sum_overflow"
    /// The name is no instrument name: a letter, then up to 254 letters, digits, `_`, `.`, `-` or `/`.
    case invalidName = "invalid_name"
    /// The client has as many instruments as it may.
    case tooManyInstruments = "too_many_instruments"
    /// The client was shut down before the call.
    case alreadyShutdown = "already_shutdown"
}

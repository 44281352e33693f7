import OTLP

/// Judges one request while it is decoded: finds what OTLP forbids and a tolerant decoder passes over.
///
/// Used by one thread at a time, request after request. Nothing is refused here: violations are counted, each kind with its
/// first example, and the ledger takes them with the request.
internal struct WireCheck: ~Copyable {
    /// How far ahead of the sink's clock a time may be: 10 seconds, in nanoseconds.
    internal static let futureTolerance: UInt64 = 10_000_000_000

    /// The signal that is judged.
    internal let signal: OTLPSignal
    /// What was found since ``takeViolations()``.
    internal private(set) var violations = WireViolations()
    /// Items so far in this request.
    internal private(set) var items = 0
    /// Times after this one are in the future.
    private var latest: UInt64 = .max
    private var request: UInt64 = 0
    /// Whether what is read belongs to an item, not to an envelope.
    internal var isInItem = false
    /// Keys of the item at hand.
    internal var keys = KeySet()
    /// Keys of a message in an item, or of an envelope.
    internal var otherKeys = KeySet()
    /// The envelopes at hand.
    internal var envelope = Envelope()

    /// What has come of the envelopes at hand.
    internal struct Envelope {
        /// Resources of the request so far.
        var resources = 0
        /// Scopes of the resource at hand.
        var scopes = 0
        /// Items before the scope at hand.
        var itemsBefore = 0
        /// Whether the group at hand has its resource.
        var hasResource = false
        /// Whether the group at hand has its scope.
        var hasScope = false
        /// Whether the resource at hand names its service.
        var hasServiceName = false
    }

    /// A judge of requests of a signal.
    internal init(_ signal: OTLPSignal) {
        self.signal = signal
    }

    /// Begins a request.
    ///
    /// - Parameters:
    ///   - request: Its number.
    ///   - now: The wall clock in nanoseconds since 1970.
    internal mutating func begin(request: UInt64, now: UInt64) {
        self.request = request
        latest = now.addingReportingOverflow(Self.futureTolerance).partialValue
        if latest < now { latest = .max }
        items = 0
        isInItem = false
        envelope = Envelope()
        violations = WireViolations()
    }

    /// What was found, which is forgotten here.
    internal mutating func takeViolations() -> WireViolations {
        if violations.isEmpty { return violations }
        defer { violations = WireViolations() }
        return violations
    }

    // MARK: - Notes

    /// Counts a violation.
    @inline(never)
    internal mutating func note(_ kind: WireViolationKind, _ seen: () -> String) {
        let (signal, request, item) = (signal, request, isInItem ? items - 1 : nil)
        violations.add(kind) { WireViolation(kind, signal: signal, seen: seen(), request: request, item: item) }
    }

    /// Counts a violation of a text that was seen.
    @inline(never)
    internal mutating func note(_ kind: WireViolationKind, _ what: StaticString, _ text: OTLPText) {
        note(kind) { "\(what) \(text.shown)" }
    }

    /// Counts a violation of a number that was seen.
    @inline(never)
    internal mutating func note(_ kind: WireViolationKind, _ what: StaticString, _ number: UInt64) {
        note(kind) { "\(what) \(number)" }
    }

    /// Counts a field that the message does not have, or not with this wire type.
    @inline(never)
    internal mutating func noteField(_ tag: UInt32, of message: JSONMessage) {
        let fields = WireSchema.fields(of: message)
        let number = Int(tag >> 3)
        let isKnown = fields.indices.contains(number) && fields[number] != nil
        note(isKnown ? .fieldType : .unknownField) {
            isKnown
                ? "field \(number) of \(message) has wire type \(tag & 7)"
                : "\(message) has no field \(number) (wire type \(tag & 7))"
        }
    }

    // MARK: - Items

    /// Begins an item.
    @inline(__always)
    internal mutating func beginItem() {
        items += 1
        isInItem = true
        keys.begin()
    }

    /// Checks a string.
    @inline(__always)
    internal mutating func text(_ text: OTLPText) {
        if !UTF8Check.isValid(text.bytes) { note(.invalidUTF8, "a string is not UTF-8:", text) }
    }

    /// Checks an id that must be there, or may be empty where it is optional; whether it is right.
    @inline(__always)
    internal mutating func id(_ id: OTLPText?, bytes: Int, isOptional: Bool, _ what: StaticString) -> Bool {
        guard let id, !id.isEmpty else {
            if !isOptional { note(.idWidth) { "\(what) is missing" } }
            return isOptional
        }
        if id.isIdentifier(ofBytes: bytes) { return true }
        note(id.count == bytes ? .idZero : .idWidth, what, id)
        return false
    }

    /// Checks a time against the sink's clock.
    @inline(__always)
    internal mutating func time(_ time: UInt64) {
        if time > latest { note(.timeFuture, "a time lies in the future:", time) }
    }
}

extension OTLPText {
    /// Whether this is an id of so many bytes, a multiple of eight, that are not all zero.
    ///
    /// "The ID is a 16-byte array. An ID with all zeroes OR of length other than 16 bytes is considered invalid."
    /// (opentelemetry-proto, `trace.proto`)
    @inline(__always)
    internal func isIdentifier(ofBytes size: Int) -> Bool {
        guard count == size else { return false }
        var bits: UInt64 = 0
        for offset in stride(from: 0, to: size, by: 8) {
            bits |= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        return bits != 0
    }

    /// The text in quotation marks if a person can read it, else its bytes in hexadecimal; the first 40 bytes.
    fileprivate var shown: String {
        let some = bytes.prefix(40)
        let more = count > some.count ? "…" : ""
        if let text = String(validating: some, as: UTF8.self), text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) {
            return "\"\(text)\(more)\" (\(count) bytes)"
        }
        let digits = Array("0123456789abcdef")
        return some.reduce(into: "0x") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        } + "\(more) (\(count) bytes)"
    }
}

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
    private var isInItem = false
    /// Keys of the item at hand.
    internal var keys = KeySet()
    /// Keys of a message in an item, or of an envelope.
    private var otherKeys = KeySet()
    private var envelope = Envelope()

    /// What has come of the envelopes at hand.
    private struct Envelope {
        var resources = 0
        var scopes = 0
        /// Items before the scope at hand.
        var itemsBefore = 0
        var hasResource = false
        var hasScope = false
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

    // MARK: - Envelopes

    /// Begins a group of one resource.
    internal mutating func begin(_ resource: ResourceView) {
        isInItem = false
        envelope.resources += 1
        envelope.scopes = 0
        envelope.hasResource = false
        envelope.hasServiceName = resource.attributes.text(forKey: "service.name").map { !$0.isEmpty } ?? false
    }

    /// Begins a group of one scope.
    internal mutating func beginScope() {
        isInItem = false
        envelope.scopes += 1
        envelope.hasScope = false
        envelope.itemsBefore = items
    }

    /// Checks a field of an envelope that is neither item nor envelope.
    internal mutating func field(
        _ tag: UInt32,
        of level: EnvelopeLevel,
        value: ProtobufCursor
    ) throws(OTLPDecodingError) {
        isInItem = false
        var cursor = value
        switch (level, tag) {
        case (.resource, ResourceLogsTag.resource):
            envelope.hasResource = true
            try walk(cursor.readMessage(), .resource, depth: 2)
        case (.scope, ScopeLogsTag.scope):
            envelope.hasScope = true
            try walk(cursor.readMessage(), .scope, depth: 3)
        case (.resource, ResourceLogsTag.schemaURL), (.scope, ScopeLogsTag.schemaURL): text(try cursor.readText())
        default: noteField(tag, of: message(level))
        }
    }

    /// Ends an envelope: what it must have has come by now.
    internal mutating func end(_ level: EnvelopeLevel) {
        isInItem = false
        switch level {
        case .request:
            if envelope.resources == 0 { note(.emptyEnvelope) { "the request has nothing in it" } }
        case .resource:
            let name = message(level)
            if envelope.scopes == 0 { note(.emptyEnvelope) { "\(name) without scopes" } }
            if !envelope.hasResource {
                note(.missingResource) { "\(name) without a resource" }
            } else if !envelope.hasServiceName {
                note(.missingServiceName) { "the resource has no service.name" }
            }
        case .scope:
            let name = message(level)
            if items == envelope.itemsBefore { note(.emptyEnvelope) { "\(name) without items" } }
            if !envelope.hasScope { note(.missingScope) { "\(name) without an instrumentation scope" } }
        }
    }

    private func message(_ level: EnvelopeLevel) -> JSONMessage {
        switch (level, signal) {
        case (.request, .logs): .exportLogs
        case (.request, .traces): .exportTraces
        case (.request, .metrics): .exportMetrics
        case (.resource, .logs): .resourceLogs
        case (.resource, .traces): .resourceSpans
        case (.resource, .metrics): .resourceMetrics
        case (.scope, .logs): .scopeLogs
        case (.scope, .traces): .scopeSpans
        case (.scope, .metrics): .scopeMetrics
        }
    }

    // MARK: - Attributes

    /// Checks an attribute of the item at hand.
    ///
    /// Hot path: instead of the decoder's own validation. A plain attribute takes one look at all of its bytes.
    @inline(__always)
    internal mutating func attribute(
        _ message: ProtobufCursor,
        depth: Int
    ) throws(OTLPDecodingError) -> (key: OTLPText, int: Int64?) {
        if depth < OTLPDecoder.maximumNesting, let key = message.keyOfPlainAttribute {
            if !keys.insert(key.bytes) { note(.duplicateKey, "the key occurs twice:", key) }
            return (key, nil)
        }
        return try attributeByFields(message, depth: depth)
    }

    @inline(never)
    private mutating func attributeByFields(
        _ message: ProtobufCursor,
        depth: Int
    ) throws(OTLPDecodingError) -> (key: OTLPText, int: Int64?) {
        let pair = try pair(message, depth: depth)
        if !keys.insert(pair.key.bytes) { note(.duplicateKey, "the key occurs twice:", pair.key) }
        return pair
    }

    /// Checks a pair, but not against others; its value if that is an integer.
    @inline(__always)
    private mutating func pair(
        _ message: ProtobufCursor,
        depth: Int
    ) throws(OTLPDecodingError) -> (key: OTLPText, int: Int64?) {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: message.offset) }
        var cursor = message
        var key: OTLPText?
        var int: Int64?
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            switch tag {
            case KeyValueTag.key: key = try cursor.readText()
            case KeyValueTag.value: int = try value(cursor.readMessage(), depth: depth + 1)
            default:
                noteField(tag, of: .keyValue)
                try cursor.skipValue(of: tag, depth: depth)
            }
        }
        // What is left of a message that has been read is an empty text.
        let found = key ?? cursor.rest
        text(found)
        return (found, int)
    }

    /// Checks a value; it, if it is an integer.
    @inline(__always)
    internal mutating func value(_ message: ProtobufCursor, depth: Int) throws(OTLPDecodingError) -> Int64? {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: message.offset) }
        var cursor = message
        var int: Int64?
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            if tag != AnyValueTag.int { int = nil }
            switch tag {
            case AnyValueTag.string: text(try cursor.readText())
            case AnyValueTag.int: int = Int64(bitPattern: try cursor.readVarint())
            case AnyValueTag.bool: _ = try cursor.readVarint()
            case AnyValueTag.double: _ = try cursor.readFixed64()
            case AnyValueTag.bytes: _ = try cursor.readMessage()
            case AnyValueTag.array, AnyValueTag.keyValueList:
                try list(cursor.readMessage(), ofPairs: tag == AnyValueTag.keyValueList, depth: depth + 1)
            default:
                noteField(tag, of: .anyValue)
                try cursor.skipValue(of: tag, depth: depth)
            }
        }
        return int
    }

    @inline(never)
    private mutating func list(
        _ message: ProtobufCursor,
        ofPairs: Bool,
        depth: Int
    ) throws(OTLPDecodingError) {
        guard depth <= OTLPDecoder.maximumNesting else { throw OTLPDecodingError(.nestingTooDeep, at: message.offset) }
        var cursor = message
        while !cursor.isAtEnd {
            let tag = try cursor.readTag()
            if tag != ValueListTag.values {
                noteField(tag, of: ofPairs ? .keyValueList : .arrayValue)
                try cursor.skipValue(of: tag, depth: depth)
            } else if ofPairs {
                _ = try pair(cursor.readMessage(), depth: depth + 1)
            } else {
                _ = try value(cursor.readMessage(), depth: depth + 1)
            }
        }
    }

    // MARK: - Other messages

    /// Checks any message by the table of its fields: slower than the readers of items, and enough for what is rare.
    @inline(never)
    internal mutating func walk(
        _ message: ProtobufCursor,
        _ type: JSONMessage,
        depth: Int
    ) throws(OTLPDecodingError) {
        let fields = WireSchema.fields(of: type)
        var hasCheckedKeys = false
        var hasIDs = (trace: false, span: false)
        var cursor = message
        while !cursor.isAtEnd {
            let start = cursor
            let tag = try cursor.readTag()
            let number = Int(tag >> 3)
            guard number < fields.count, let field = fields[number], field.accepts(tag) else {
                noteField(tag, of: type)
                try cursor.skipValue(of: tag, depth: depth)
                continue
            }
            switch field.kind {
            case .text: text(try cursor.readText())
            case .traceID:
                hasIDs.trace = true
                _ = id(try cursor.readText(), bytes: 16, isOptional: type != .spanLink, "trace id")
            case .spanID:
                hasIDs.span = true
                _ = id(try cursor.readText(), bytes: 8, isOptional: type != .spanLink, "span id")
            case .time: time(try cursor.readFixed64())
            case .enumeration(let greatest):
                let value = try cursor.readVarint()
                if value > greatest { note(.enumValue, "an enum has no value", value) }
            case .message(.keyValue):
                if !hasCheckedKeys { try checkKeys(start, tag: tag) }
                hasCheckedKeys = true
                _ = try pair(cursor.readMessage(), depth: depth + 1)
            case .message(.anyValue): _ = try value(cursor.readMessage(), depth: depth + 1)
            case .message(let inner): try walk(cursor.readMessage(), inner, depth: depth + 1)
            case .other: try cursor.skipValue(of: tag, depth: depth)
            }
        }
        if type == .spanLink {
            if !hasIDs.trace { note(.idWidth) { "a link has no trace id" } }
            if !hasIDs.span { note(.idWidth) { "a link has no span id" } }
        }
    }

    /// Looks for keys that occur twice in the fields with this tag, in a pass of its own: messages lie in one another.
    private mutating func checkKeys(_ message: ProtobufCursor, tag: UInt32) throws(OTLPDecodingError) {
        otherKeys.begin()
        var cursor = message
        while !cursor.isAtEnd {
            let found = try cursor.readTag()
            guard found == tag else {
                try cursor.skipValue(of: found, depth: 0)
                continue
            }
            var pair = try cursor.readMessage()
            var key: OTLPText?
            while !pair.isAtEnd {
                let field = try pair.readTag()
                if field == KeyValueTag.key {
                    key = try pair.readText()
                } else {
                    try pair.skipValue(of: field, depth: 0)
                }
            }
            let name = key ?? pair.rest
            if !otherKeys.insert(name.bytes) { note(.duplicateKey, "the key occurs twice:", name) }
        }
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

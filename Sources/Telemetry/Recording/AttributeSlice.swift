import OTLP

/// The attributes of a record while it is recorded: they lie in the caller's array, which outlives the call.
@usableFromInline
struct AttributeSlice {
    /// What is sent.
    @usableFromInline
    let elements: UnsafeBufferPointer<(String, AttributeValue)>
    /// How many attributes were left out because of a limit.
    @usableFromInline
    let droppedCount: Int

    /// Refers to attributes.
    @inlinable @inline(__always)
    init(_ elements: UnsafeBufferPointer<(String, AttributeValue)>, droppedCount: Int = 0) {
        self.elements = elements
        self.droppedCount = droppedCount
    }

    /// How many attributes are sent.
    @inline(__always)
    var count: Int {
        elements.count
    }

    /// The size of all attributes as repeated `KeyValue` fields, tags and lengths included.
    ///
    /// - Parameter countTagSize: The size of the tag of the count of dropped attributes, which is included if there are
    ///   any; 0 leaves it out.
    /// - Returns: A number of bytes.
    @inline(__always)
    func encodedSize(countTagSize: Int = 0) -> Int {
        let lent = lentElements
        var size = 0
        for index in 0..<elements.count {
            size &+= 1 &+ ProtobufWire.lengthDelimitedSize(lent[index].keyValueSize)
        }
        if droppedCount > 0, countTagSize > 0 {
            size += countTagSize + ProtobufWire.varintSize(UInt64(droppedCount))
        }
        return size
    }

    /// Writes all attributes as repeated `KeyValue` fields.
    @inline(__always)
    func encode(tag: UInt32, to writer: inout ProtobufWriter) {
        let lent = lentElements
        for index in 0..<elements.count {
            lent[index].encode(tag: tag, to: &writer)
        }
    }

    /// Whether nothing in the attributes must stay in the process.
    ///
    /// Hot: one look at the bytes of keys and texts; only what looks suspicious is examined. A function of its own, so
    /// that it does not keep the encoding from being inlined.
    @inline(never)
    var isClean: Bool {
        let lent = lentElements
        for index in 0..<elements.count {
            guard lent[index].isClean else { return false }
        }
        return true
    }

    /// The attributes as they are read without being retained.
    ///
    /// A structure with one stored property is laid out as that property.
    @inline(__always)
    private var lentElements: UnsafeBufferPointer<LentAttribute> {
        UnsafeBufferPointer(
            start: UnsafeRawPointer(elements.baseAddress)?.assumingMemoryBound(to: LentAttribute.self),
            count: elements.count
        )
    }
}

extension Attributes {
    /// Calls `body` with the attributes where they lie.
    @inlinable @inline(__always)
    func withSlice<Result>(_ body: (AttributeSlice) -> Result) -> Result {
        elements.withUnsafeBufferPointer { body(AttributeSlice($0)) }
    }

    /// The size of all attributes as repeated `KeyValue` fields, tags and lengths included.
    func encodedSize() -> Int {
        withSlice { $0.encodedSize() }
    }

    /// Writes all attributes as repeated `KeyValue` fields.
    func encode(tag: UInt32, to writer: inout ProtobufWriter) {
        withSlice { $0.encode(tag: tag, to: &writer) }
    }

    /// The attributes of a slice, copied.
    init(_ slice: AttributeSlice) {
        elements = Array(slice.elements)
    }
}

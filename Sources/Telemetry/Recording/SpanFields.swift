import OTLP

/// The fields of a span under way, encoded as they come: what is left for its end is one copy and the time.
///
///     header | ids, name, kind, start … | attributes … | events … | links … | free
///                                                      ^ eventsStart ^ linksStart
///
/// Fields of one kind stay together, as JSON needs them: an attribute that comes after an event moves the events. The
/// memory is one allocation, owned by the span's `SpanStorage`, and reached without reference counting.
struct SpanFields {
    /// What is known of the span beside its encoded fields.
    struct Header {
        var capacity: Int
        /// Encoded bytes.
        var count = 0
        var eventsStart = 0
        var linksStart = 0
        var attributeCount = 0
        var eventCount = 0
        var linkCount = 0
        var droppedAttributes = 0
        var droppedEvents = 0
        var droppedLinks = 0
        var startTime: UInt64
        var status = SpanStatus.unset
    }

    private static let headerSize = (MemoryLayout<Header>.stride + 15) & ~15
    /// Room for a few more attributes before the memory has to grow.
    private static let slack = 64

    private(set) var header: UnsafeMutablePointer<Header>

    /// Allocates memory for `size` bytes of fields and some more.
    @inline(__always)
    init(size: Int, startTime: UInt64) {
        let capacity = size + Self.slack
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Self.headerSize + capacity, alignment: 16)
        header = memory.bindMemory(to: Header.self, capacity: 1)
        header.initialize(to: Header(capacity: capacity, startTime: startTime))
    }

    /// Frees the memory; the fields must not be used afterwards.
    @inline(__always)
    func deallocate() {
        header.deinitialize(count: 1)
        UnsafeMutableRawPointer(header).deallocate()
    }

    /// Where the encoded bytes begin.
    @inline(__always)
    var base: UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(header) + Self.headerSize
    }

    /// The encoded bytes.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: header.pointee.count)
    }

    // MARK: - Changes

    /// Makes a gap of `size` bytes before the byte at `offset`, and returns it to be filled at once.
    private mutating func insert(_ size: Int, at offset: Int) -> UnsafeMutableRawPointer {
        if header.pointee.count + size > header.pointee.capacity { grow(by: size) }
        let gap = base + offset
        (gap + size).copyMemory(from: gap, byteCount: header.pointee.count - offset)
        header.pointee.count += size
        return gap
    }

    @inline(never)
    private mutating func grow(by size: Int) {
        let old = header
        let larger = SpanFields(
            size: max(old.pointee.count + size, old.pointee.capacity * 2),
            startTime: old.pointee.startTime
        )
        let capacity = larger.header.pointee.capacity
        larger.base.copyMemory(from: base, byteCount: old.pointee.count)
        larger.header.pointee = old.pointee
        larger.header.pointee.capacity = capacity
        deallocate()
        self = larger
    }

    /// Sets an attribute: one with the same key is replaced.
    mutating func setAttribute(_ attribute: borrowing LentAttribute, limit: Int) {
        if removeAttribute(attribute.element.key) {
            header.pointee.attributeCount -= 1
        } else if header.pointee.attributeCount >= limit {
            header.pointee.droppedAttributes += 1
            return
        }
        let size = 1 + ProtobufWire.lengthDelimitedSize(attribute.keyValueSize)
        var writer = ProtobufWriter(at: insert(size, at: header.pointee.eventsStart))
        attribute.encode(tag: SpanTag.attributes, to: &writer)
        header.pointee.eventsStart += size
        header.pointee.linksStart += size
        header.pointee.attributeCount += 1
    }

    /// Removes the attribute with this key; whether there was one.
    private mutating func removeAttribute(_ key: String) -> Bool {
        guard let range = attributeRange(key) else { return false }
        let rest = header.pointee.count - range.upperBound
        (base + range.lowerBound).copyMemory(from: base + range.upperBound, byteCount: rest)
        header.pointee.count -= range.count
        header.pointee.eventsStart -= range.count
        header.pointee.linksStart -= range.count
        return true
    }

    private func attributeRange(_ key: String) -> Range<Int>? {
        var cursor = ProtobufCursor(UnsafeRawBufferPointer(start: base, count: header.pointee.eventsStart))
        do throws(OTLPDecodingError) {
            while !cursor.isAtEnd {
                let start = cursor.offset
                let tag = try cursor.readTag()
                guard tag == SpanTag.attributes else {
                    try cursor.skipValue(of: tag, depth: 0)
                    continue
                }
                var keyValue = try cursor.readMessage()
                _ = try keyValue.readTag()
                if try keyValue.readText().equals(key) { return start..<cursor.offset }
            }
        } catch {
            preconditionFailure("a span's fields are well-formed: \(error)")
        }
        return nil
    }

    /// Adds an event.
    mutating func addEvent(_ name: String, time: UInt64, attributes: AttributeSlice, limit: Int) {
        guard header.pointee.eventCount < limit else {
            header.pointee.droppedEvents += 1
            return
        }
        let nameSize = 1 + ProtobufWire.lengthDelimitedSize(name.utf8.count)
        let bodySize = 9 + nameSize + attributes.encodedSize(countTagSize: 1)
        let size = 1 + ProtobufWire.lengthDelimitedSize(bodySize)
        var writer = ProtobufWriter(at: insert(size, at: header.pointee.linksStart))
        writer.tag(SpanTag.events)
        writer.varint(UInt64(bodySize))
        writer.tag(SpanEventTag.timeUnixNano)
        writer.fixed64(time)
        writer.tag(SpanEventTag.name)
        writer.lengthDelimited(name)
        attributes.encode(tag: SpanEventTag.attributes, to: &writer)
        if attributes.droppedCount > 0 {
            writer.tag(SpanEventTag.droppedAttributesCount)
            writer.varint(UInt64(attributes.droppedCount))
        }
        header.pointee.linksStart += size
        header.pointee.eventCount += 1
    }

    /// Adds a link.
    mutating func addLink(_ context: SpanContext, attributes: AttributeSlice, limit: Int) {
        guard header.pointee.linkCount < limit else {
            header.pointee.droppedLinks += 1
            return
        }
        let bodySize = 18 + 10 + attributes.encodedSize(countTagSize: 1) + 5
        let size = 1 + ProtobufWire.lengthDelimitedSize(bodySize)
        var writer = ProtobufWriter(at: insert(size, at: header.pointee.count))
        writer.tag(SpanTag.links)
        writer.varint(UInt64(bodySize))
        writer.tag(SpanLinkTag.traceID)
        writer.traceID(context.traceID)
        writer.tag(SpanLinkTag.spanID)
        writer.spanID(context.spanID)
        attributes.encode(tag: SpanLinkTag.attributes, to: &writer)
        if attributes.droppedCount > 0 {
            writer.tag(SpanLinkTag.droppedAttributesCount)
            writer.varint(UInt64(attributes.droppedCount))
        }
        writer.tag(SpanLinkTag.flags)
        writer.fixed32(context.flags)
        header.pointee.linkCount += 1
    }

    /// Sets the status: "ok" is final, and nothing goes back to "unset".
    ///
    /// https://opentelemetry.io/docs/specs/otel/trace/api/#set-status
    func setStatus(_ status: SpanStatus) {
        guard header.pointee.status != .ok, status != .unset else { return }
        header.pointee.status = status
    }
}

extension SpanContext {
    /// OTLP's flags of a reference to this context: the trace flags, and whether it is remote, which is known.
    var flags: UInt32 {
        traceFlags | 0x100 | (isRemote ? 0x200 : 0)
    }
}

import OTLP
import Platform

/// Makes spans: ids, sampling, and the fields known at the start.
final class SpanRecorder: Sendable {
    /// Where spans go when they end.
    let pipeline: Pipeline
    /// What was started.
    let tally = SpanTally()
    private let sampling: SamplingRule
    private let slot = ThreadState.slot
    private let limits: ResolvedConfiguration.Limits
    private let filter: RecordFilter

    init(pipeline: Pipeline, configuration: ResolvedConfiguration) {
        self.pipeline = pipeline
        sampling = SamplingRule(configuration.sampler)
        limits = configuration.limits
        filter = RecordFilter(
            count: limits.attributes,
            valueLength: limits.attributeValueLength,
            privacy: configuration.privacy
        )
    }

    /// Starts a span.
    ///
    /// Hot path: with one attribute 90 ns, of which 22 are the reading of the clock.
    @inline(__always)
    func start(
        _ name: String,
        kind: SpanKind,
        attributes: AttributeSlice,
        parent: SpanContext?,
        links: [SpanLink]
    ) -> SpanStorage {
        let parent = parent ?? CurrentSpan.context
        let thread = ThreadState.current(in: slot)
        let traceID = parent?.traceID ?? thread.pointee.random.nextTraceID()
        var context = SpanContext(
            traceID: traceID,
            spanID: thread.pointee.random.nextSpanID(),
            isSampled: true
        )
        let isSampled = sampling.isSampled(traceID, parent: parent?.isSampled)
        tally.count(parent: parent, isSampled: isSampled, thread: UnsafeRawPointer(thread))
        guard isSampled else {
            context.isSampled = false
            return SpanStorage(context: context)
        }
        let time = WallClock.now()
        guard filter.passes(attributes) else {
            return filter.withFiltered(attributes) { limited in
                make(name, kind: kind, attributes: limited, context: context, parent: parent, links: links, time: time)
            }
        }
        return make(
            name,
            kind: kind,
            attributes: attributes,
            context: context,
            parent: parent,
            links: links,
            time: time
        )
    }

    @inline(__always)
    private func make(
        _ name: String,
        kind: SpanKind,
        attributes: AttributeSlice,
        context: SpanContext,
        parent: SpanContext?,
        links: [SpanLink],
        time: UInt64
    ) -> SpanStorage {
        let size =
            18 + 10 + (parent == nil ? 0 : 10) + 1 + ProtobufWire.lengthDelimitedSize(name.utf8.count) + 2 + 9 + 6
            + attributes.encodedSize()
        var fields = SpanFields(size: size, startTime: time)
        var writer = ProtobufWriter(at: fields.base)
        writer.tag(SpanTag.traceID)
        writer.traceID(context.traceID)
        writer.tag(SpanTag.spanID)
        writer.spanID(context.spanID)
        if let parent {
            writer.tag(SpanTag.parentSpanID)
            writer.spanID(parent.spanID)
        }
        writer.tag(SpanTag.name)
        writer.lengthDelimited(name)
        writer.tag(SpanTag.kind)
        writer.byte(kind.rawValue)
        writer.tag(SpanTag.startTimeUnixNano)
        writer.fixed64(time)
        writer.varint(UInt64(SpanTag.flags))
        // The flags speak of the span's own trace, and of whether its parent is remote.
        writer.fixed32(1 | (parent?.flags ?? 0x100))
        attributes.encode(tag: SpanTag.attributes, to: &writer)
        fields.header.pointee.count = size
        fields.header.pointee.eventsStart = size
        fields.header.pointee.linksStart = size
        fields.header.pointee.attributeCount = attributes.count
        fields.header.pointee.droppedAttributes = attributes.droppedCount
        if !links.isEmpty { add(links, to: &fields) }
        return SpanStorage(context: context, recorder: self, fields: fields)
    }

    @inline(never)
    private func add(_ links: [SpanLink], to fields: inout SpanFields) {
        for link in links { add(link, to: &fields) }
    }

    /// Sets an attribute within the limits.
    func set(_ key: String, _ value: AttributeValue, in fields: inout SpanFields) {
        let attribute: Attributes = [key: value]
        attribute.withSlice { slice in
            filter.withFiltered(slice, count: 1) { filtered in
                for element in filtered.elements {
                    fields.setAttribute(LentAttribute(element: element), limit: limits.attributes)
                }
            }
        }
    }

    /// Adds an error as an event.
    func add(_ error: any Error, _ attributes: Attributes, time: UInt64, to fields: inout SpanFields) {
        let description = ErrorDescription(error, filter: filter, limit: limits.errorMessageLength)
        description.attributes(and: attributes).withSlice {
            addEvent(ErrorDescription.eventName, $0, time: time, to: &fields)
        }
    }

    /// Sets the status.
    func set(_ status: SpanStatus, in fields: inout SpanFields) {
        guard case .error(let message) = status else {
            fields.setStatus(status)
            return
        }
        fields.setStatus(.error(filter.filtered(message, toCharacters: limits.errorMessageLength)))
    }

    /// Adds a link within the limits.
    func add(_ link: SpanLink, to fields: inout SpanFields) {
        link.attributes.withSlice { slice in
            filter.withFiltered(slice, count: limits.attributesPerLink) { attributes in
                fields.addLink(link.context, attributes: attributes, limit: limits.links)
            }
        }
    }

    /// Adds an event within the limits.
    func addEvent(_ name: String, _ attributes: AttributeSlice, time: UInt64, to fields: inout SpanFields) {
        filter.withFiltered(attributes, count: limits.attributesPerEvent) { attributes in
            fields.addEvent(name, time: time, attributes: attributes, limit: limits.events)
        }
    }
}

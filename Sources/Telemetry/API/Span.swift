import Platform

/// An operation under way: what is said of it is sent when it ends.
///
/// Every call may be made from any thread, and does nothing once the span has ended or if it is not recorded. Copies are
/// the same span. A span that is never ended is never sent.
///
/// Source: https://opentelemetry.io/docs/specs/otel/trace/api/#span
public struct Span: Sendable {
    @usableFromInline
    let storage: SpanStorage?

    /// The span of a storage; nil makes one that nothing is kept of.
    @usableFromInline
    init(_ storage: SpanStorage?) {
        self.storage = storage
    }

    /// What identifies the span, here and in other processes.
    public var context: SpanContext {
        storage?.context ?? .invalid
    }

    /// Whether what is said of the span is kept.
    public var isRecording: Bool {
        storage?.isRecording ?? false
    }

    /// Sets an attribute; one with the same key is replaced.
    public func setAttribute(_ key: String, _ value: AttributeValue) {
        storage?.update { fields, recorder in
            recorder.set(key, value, in: &fields)
        }
    }

    /// Adds something that happened during the span, now.
    ///
    /// - Parameters:
    ///   - name: The event's name, of low cardinality.
    ///   - attributes: What there is to say of it.
    @inlinable
    public func addEvent(_ name: String, _ attributes: @autoclosure () -> Attributes = [:]) {
        guard storage != nil else { return }
        attributes().withSlice { addEvent(name, with: $0) }
    }

    @usableFromInline
    func addEvent(_ name: String, with attributes: AttributeSlice) {
        storage?.update { fields, recorder in
            recorder.addEvent(name, attributes, time: WallClock.now(), to: &fields)
        }
    }

    /// Refers to another span.
    ///
    /// - Parameters:
    ///   - context: The other span; one that is not valid is passed over.
    ///   - attributes: What there is to say of the relation.
    public func addLink(_ context: SpanContext, _ attributes: Attributes = [:]) {
        guard context.isValid else { return }
        storage?.update { fields, recorder in
            recorder.add(SpanLink(context, attributes: attributes), to: &fields)
        }
    }

    /// Says how the operation went.
    ///
    /// `ok` is final, and an error is not taken back by `unset`.
    public func setStatus(_ status: SpanStatus) {
        storage?.update { fields, recorder in
            recorder.set(status, in: &fields)
        }
    }

    /// Adds an error as an event named `exception`; the status stays what it is.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - attributes: What else there is to say, such as `exception.stacktrace`.
    public func recordError(_ error: any Error, _ attributes: Attributes = [:]) {
        storage?.update { fields, recorder in
            recorder.add(error, attributes, time: WallClock.now(), to: &fields)
        }
    }

    /// Ends the span and hands it to the exporter.
    ///
    /// - Returns: Whether it was accepted: false also if it had ended before, or is not recorded.
    @discardableResult
    public func end() -> Bool {
        storage?.end() ?? false
    }
}

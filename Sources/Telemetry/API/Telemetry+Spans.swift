extension Telemetry {
    /// Starts a span, which the program ends by `Span.end()`.
    ///
    /// It does not become the current span: `withSpan` makes it that.
    ///
    /// - Parameters:
    ///   - name: What is done, of low cardinality.
    ///   - kind: The span's role.
    ///   - attributes: What is known of it at the start.
    ///   - parent: The span that it is part of; the current span if nil, and a new trace without one.
    ///   - links: Other spans that it has to do with.
    /// - Returns: The span; of a disabled client one that keeps nothing.
    @inlinable
    public func startSpan(
        _ name: String,
        kind: SpanKind = .internal,
        attributes: @autoclosure () -> Attributes = [:],
        parent: SpanContext? = nil,
        links: @autoclosure () -> [SpanLink] = []
    ) -> Span {
        guard isEnabled else { return Span(nil) }
        return Span(attributes().withSlice { start(name, kind, $0, parent, links()) })
    }

    /// Runs an operation as a span: the current one for what is recorded meanwhile, also in child tasks.
    ///
    /// - Parameters:
    ///   - name: What is done, of low cardinality.
    ///   - kind: The span's role.
    ///   - attributes: What is known of it at the start.
    ///   - body: The operation. What it throws is recorded, sets the status and is rethrown.
    /// - Returns: What `body` returns.
    @inlinable
    public func withSpan<T>(
        _ name: String,
        kind: SpanKind = .internal,
        attributes: @autoclosure () -> Attributes = [:],
        _ body: (Span) throws -> T
    ) rethrows -> T {
        guard isEnabled else { return try body(Span(nil)) }
        let span = startSpan(name, kind: kind, attributes: attributes())
        defer { span.end() }
        do {
            return try span.asCurrent { try body(span) }
        } catch {
            span.fail(error)
            throw error
        }
    }

    /// Runs an operation as a span: the current one for what is recorded meanwhile, also in child tasks.
    ///
    /// - Parameters:
    ///   - name: What is done, of low cardinality.
    ///   - kind: The span's role.
    ///   - attributes: What is known of it at the start.
    ///   - body: The operation. What it throws is recorded, sets the status and is rethrown.
    /// - Returns: What `body` returns.
    @inlinable
    public func withSpan<T>(
        _ name: String,
        kind: SpanKind = .internal,
        attributes: @autoclosure () -> Attributes = [:],
        _ body: (Span) async throws -> T
    ) async rethrows -> T {
        guard isEnabled else { return try await body(Span(nil)) }
        let span = startSpan(name, kind: kind, attributes: attributes())
        defer { span.end() }
        do {
            return try await span.asCurrentInTask { try await body(span) }
        } catch {
            span.fail(error)
            throw error
        }
    }

    /// The context of the innermost `withSpan` around the running code, of whichever client; nil outside of all.
    public static var currentContext: SpanContext? {
        CurrentSpan.context
    }

    @usableFromInline
    func start(
        _ name: String,
        _ kind: SpanKind,
        _ attributes: AttributeSlice,
        _ parent: SpanContext?,
        _ links: [SpanLink]
    ) -> SpanStorage? {
        unmanagedSpans?._withUnsafeGuaranteedRef {
            $0.start(name, kind: kind, attributes: attributes, parent: parent, links: links)
        }
    }
}

extension Span {
    /// Runs `body` with this span as the current one.
    @usableFromInline
    func asCurrent<T>(_ body: () throws -> T) rethrows -> T {
        CurrentSpan.willBind()
        return try CurrentSpan.$storage.withValue(storage, operation: body)
    }

    /// Runs `body` with this span as the current one.
    @usableFromInline
    func asCurrentInTask<T>(_ body: () async throws -> T) async rethrows -> T {
        CurrentSpan.willBind()
        return try await CurrentSpan.$storage.withValue(storage, operation: body)
    }

    /// Records an error that ended the operation.
    @usableFromInline
    func fail(_ error: any Error) {
        recordError(error)
        setStatus(.error(String(describing: error)))
    }
}

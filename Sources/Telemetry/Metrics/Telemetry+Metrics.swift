extension Telemetry {
    /// Records a measurement by the name of its metric.
    ///
    /// Finding the instrument takes time; a program that records often makes it once, with `makeCounter` and the like.
    ///
    /// - Parameters:
    ///   - name: The metric's name, such as `http.server.request.duration`.
    ///   - value: The measurement; for sums, the increment.
    ///   - kind: What the value means. The first use decides; sums of doubles are apart from sums of integers.
    ///   - attributes: What the measurement belongs to.
    /// - Returns: Whether it was recorded; the reason why not is counted in `metricsStatus`.
    @inlinable
    @discardableResult
    public func trackMetric(
        _ name: String,
        _ value: Double,
        kind: MetricKind,
        _ attributes: @autoclosure () -> Attributes = [:]
    ) -> Bool {
        guard isEnabled else { return false }
        return attributes().withSlice { recordMetric(name, value, kind, $0) }
    }

    /// Records an integer by the name of its metric: sums stay exact integers.
    ///
    /// - Parameters:
    ///   - name: The metric's name.
    ///   - value: The measurement; for sums, the increment.
    ///   - kind: What the value means; gauges and histograms take the nearest double.
    ///   - attributes: What the measurement belongs to.
    /// - Returns: Whether it was recorded; the reason why not is counted in `metricsStatus`.
    @inlinable
    @discardableResult
    public func trackMetric(
        _ name: String,
        _ value: Int,
        kind: MetricKind,
        _ attributes: @autoclosure () -> Attributes = [:]
    ) -> Bool {
        guard isEnabled else { return false }
        return attributes().withSlice { recordMetric(name, value, kind, $0) }
    }

    /// Makes a counter of integers, or finds the one of that name, unit and description.
    ///
    /// Instruments of one name that differ in kind, unit or description are exported as streams of their own, with one
    /// warning on standard error: backends may not be able to tell them apart.
    ///
    /// - Parameters:
    ///   - name: A letter, then up to 254 letters, digits, `_`, `.`, `-` or `/`; case does not matter.
    ///   - unit: In UCUM, such as `By` or `{request}`.
    ///   - description: What it counts, for people.
    /// - Returns: The instrument. With a bad name, or too many instruments, it records nothing and counts that.
    public func makeCounter(_ name: String, unit: String = "", description: String = "") -> Counter {
        Counter(instrument: makeInstrument(name, .counter, .integer, unit, description))
    }

    /// Makes a counter of doubles, or finds the one of that name; otherwise as `makeCounter`.
    public func makeDoubleCounter(_ name: String, unit: String = "", description: String = "") -> DoubleCounter {
        DoubleCounter(instrument: makeInstrument(name, .counter, .double, unit, description))
    }

    /// Makes an up-down counter of integers, or finds the one of that name; otherwise as `makeCounter`.
    public func makeUpDownCounter(_ name: String, unit: String = "", description: String = "") -> UpDownCounter {
        UpDownCounter(instrument: makeInstrument(name, .upDownCounter, .integer, unit, description))
    }

    /// Makes an up-down counter of doubles, or finds the one of that name; otherwise as `makeCounter`.
    public func makeDoubleUpDownCounter(
        _ name: String,
        unit: String = "",
        description: String = ""
    ) -> DoubleUpDownCounter {
        DoubleUpDownCounter(instrument: makeInstrument(name, .upDownCounter, .double, unit, description))
    }

    /// Makes a gauge, or finds the one of that name; otherwise as `makeCounter`.
    public func makeGauge(_ name: String, unit: String = "", description: String = "") -> Gauge {
        Gauge(instrument: makeInstrument(name, .gauge, .double, unit, description))
    }

    /// Makes a histogram, or finds the one of that name; otherwise as `makeCounter`.
    ///
    /// - Parameters:
    ///   - name: As for `makeCounter`.
    ///   - unit: As for `makeCounter`.
    ///   - description: As for `makeCounter`.
    ///   - bounds: The upper, inclusive bounds of the buckets, put in order and without repetition; the default bounds
    ///     when nil. Bounds that are not finite are left out.
    /// - Returns: The instrument; the one that exists keeps the bounds that it was made with.
    public func makeHistogram(
        _ name: String,
        unit: String = "",
        description: String = "",
        bounds: [Double]? = nil
    ) -> Histogram {
        Histogram(instrument: makeInstrument(name, .histogram, .double, unit, description, bounds))
    }

    /// What became of all measurements and of the data points made of them.
    public var metricsStatus: MetricsStatus {
        meterProvider?.metricsStatus ?? MetricsStatus()
    }

    /// What the client has counted of itself so far, as the metrics `otel.sdk.*`.
    ///
    /// Empty for a client that is disabled.
    public var selfMetrics: [SelfMetric] {
        guard let meterProvider, let selfObservation, let spans else { return [] }
        // The spans last: see `SelfObservation.metrics`.
        let signals = status.signals
        return selfObservation.metrics(of: signals, spans: spans.tally, timings: meterProvider.timings)
    }

    @usableFromInline
    func recordMetric(_ name: String, _ value: Double, _ kind: MetricKind, _ attributes: AttributeSlice) -> Bool {
        meterProvider?.record(name, value, kind: kind, attributes) ?? false
    }

    @usableFromInline
    func recordMetric(_ name: String, _ value: Int, _ kind: MetricKind, _ attributes: AttributeSlice) -> Bool {
        meterProvider?.record(name, value, kind: kind, attributes) ?? false
    }

    private func makeInstrument(
        _ name: String,
        _ kind: MetricKind,
        _ number: InstrumentDescriptor.Number,
        _ unit: String,
        _ description: String,
        _ bounds: [Double]? = nil
    ) -> Instrument? {
        meterProvider?.instrument(
            InstrumentDescriptor(
                name: name,
                kind: kind,
                number: number,
                unit: unit,
                description: description,
                bounds: bounds
            )
        )
    }
}

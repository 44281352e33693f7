import OTLP

/// What is wrong with a point.
internal struct PointFault {
    /// What kind of violation it is.
    internal var kind: WireViolationKind
    /// What is wrong, in words.
    internal var text: String
}

/// One metric stream: adds its points up, and checks each against the specification and the point before.
///
/// A cumulative stream's start never changes and its sum, if monotonic, and its counts never fall; a delta stream's intervals
/// do not overlap; time never goes backwards. A point with the start and the time of the last one is that one again, as a
/// retry after a lost answer sends it, and changes nothing.
///
/// Source: https://opentelemetry.io/docs/specs/otel/metrics/data-model/#temporality.
internal struct MetricStream {
    /// The account so far.
    internal var report: MetricStreamReport

    /// A stream of which nothing has arrived.
    internal init(_ report: MetricStreamReport) {
        self.report = report
    }

    private var isDelta: Bool { report.temporality == .delta }

    /// Enters a point of a gauge; returns what is wrong with it.
    internal mutating func enter(gauge point: NumberDataPointView) -> [PointFault] {
        // A gauge has no interval: its start, if any, means nothing.
        var check = Check(report, start: report.startUnixNano, time: point.timeUnixNano, count: &report.points)
        if check.isRepeated { return repeated() }
        if let value = value(of: point, &check) { report.last = value }
        return close(check, start: point.startTimeUnixNano)
    }

    /// Enters a point of a sum; returns what is wrong with it.
    internal mutating func enter(sum point: NumberDataPointView) -> [PointFault] {
        let (start, time) = (point.startTimeUnixNano, point.timeUnixNano)
        var check = Check(report, start: start, time: time, count: &report.points)
        if check.isRepeated { return repeated() }
        if let value = value(of: point, &check) {
            if report.isMonotonic == true {
                let floor = isDelta ? 0 : report.last?.doubleValue ?? 0
                check.require(
                    value.doubleValue >= floor,
                    .pointBackwards,
                    "the monotonic sum falls from \(floor) to \(value.doubleValue)"
                )
            }
            report.sum = isDelta ? report.sum.map { $0.adding(value, &check) } ?? value : value
            report.last = value
        }
        return close(check, start: start)
    }

    /// Enters a point of a histogram; returns what is wrong with it.
    internal mutating func enter(histogram point: HistogramDataPointView) -> [PointFault] {
        let (start, time) = (point.startTimeUnixNano, point.timeUnixNano)
        var check = Check(report, start: start, time: time, count: &report.points)
        if check.isRepeated { return repeated() }
        let buckets = Array(point.bucketCounts)
        let bounds = point.explicitBounds.doubles
        let inBuckets = buckets.reduce(0) { $0 &+ $1 }
        check.require(
            buckets.count == bounds.count + 1 || (buckets.isEmpty && bounds.isEmpty),
            "\(buckets.count) buckets do not fit \(bounds.count) bounds"
        )
        check.require(
            buckets.isEmpty || inBuckets == point.count,
            "the buckets hold \(inBuckets) measurements, not \(point.count)"
        )
        check.require(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "the bounds do not ascend")
        let hasSameBounds = report.bounds == nil || report.bounds == bounds
        check.require(hasSameBounds, "the bounds have changed")
        var known = hasSameBounds ? report.buckets : nil
        if known?.count != buckets.count { known = nil }
        if isDelta {
            report.buckets = known.map { zip($0, buckets).map { $0 &+ $1 } } ?? buckets
        } else {
            let falls = known.map { zip($0, buckets).contains { $0 > $1 } } ?? false
            check.require(!falls, .pointBackwards, "a bucket's count falls")
            report.buckets = buckets
        }
        report.bounds = bounds
        add(count: point.count, sum: point.sum, minimum: point.min, maximum: point.max, &check)
        return close(check, start: start)
    }

    /// Enters a point of an exponential histogram; returns what is wrong with it.
    ///
    /// Its buckets are checked, but not kept: their scale may change from point to point.
    internal mutating func enter(exponentialHistogram point: ExponentialHistogramDataPointView) -> [PointFault] {
        let (start, time) = (point.startTimeUnixNano, point.timeUnixNano)
        var check = Check(report, start: start, time: time, count: &report.points)
        if check.isRepeated { return repeated() }
        // Without an array of them: a bucket of one byte would take eight.
        let inBuckets = [point.positive, point.negative].reduce(point.zeroCount) { count, side in
            side.bucketCounts.reduce(count) { $0 &+ $1 }
        }
        check.require(inBuckets == point.count, "the buckets hold \(inBuckets) measurements, not \(point.count)")
        add(count: point.count, sum: point.sum, minimum: point.min, maximum: point.max, &check)
        return close(check, start: start)
    }

    /// Enters a point of a summary, which counts like a cumulative stream; returns what is wrong with it.
    internal mutating func enter(summary point: SummaryDataPointView) -> [PointFault] {
        let (start, time) = (point.startTimeUnixNano, point.timeUnixNano)
        var check = Check(report, start: start, time: time, count: &report.points)
        if check.isRepeated { return repeated() }
        for quantile in point.quantiles {
            check.require((0...1).contains(quantile.quantile), "\(quantile.quantile) is no quantile")
        }
        add(count: point.count, sum: point.sum, minimum: nil, maximum: nil, &check)
        return close(check, start: start)
    }

    // MARK: - Steps

    /// The value of a point; nil when it says that it has none.
    private func value(of point: NumberDataPointView, _ check: inout Check) -> MetricNumber? {
        // DataPointFlags: 1 = no recorded value.
        if point.flags & 1 != 0 { return nil }
        switch point.value {
        case .int(let value): return .int(value)
        case .double(let value): return .double(value)
        case nil:
            check.require(false, "a point has no value")
            return nil
        }
    }

    private mutating func add(count: UInt64, sum: Double?, minimum: Double?, maximum: Double?, _ check: inout Check) {
        if isDelta {
            report.count = (report.count ?? 0) &+ count
            if let sum { report.sum = .double((report.sum?.doubleValue ?? 0) + sum) }
        } else {
            check.require(
                count >= report.count ?? 0,
                .pointBackwards,
                "the count falls from \(report.count ?? 0) to \(count)"
            )
            report.count = count
            report.sum = sum.map { .double($0) }
        }
        if let minimum { report.minimum = min(report.minimum ?? minimum, minimum) }
        if let maximum { report.maximum = max(report.maximum ?? maximum, maximum) }
    }

    private mutating func repeated() -> [PointFault] {
        report.duplicated += 1
        return []
    }

    /// Notes the point's interval and counts what is wrong with it.
    private mutating func close(_ check: Check, start: UInt64) -> [PointFault] {
        report.startUnixNano = start
        report.timeUnixNano = check.time
        report.violations += UInt64(check.failures.count)
        return check.failures
    }
}

extension MetricStream {
    /// What is wrong with a point.
    fileprivate struct Check {
        let time: UInt64
        /// Whether it has the interval of the point before.
        let isRepeated: Bool
        private(set) var failures: [PointFault] = []

        /// Checks a point's interval, and counts the point.
        init(_ report: MetricStreamReport, start: UInt64, time: UInt64, count: inout UInt64) {
            self.time = time
            let isFirst = count == 0
            count += 1
            isRepeated = !isFirst && report.startUnixNano == start && report.timeUnixNano == time
            if isRepeated { return }
            require(time != 0, .timeZero, "a point has no time")
            require(start <= time, .timeReversed, "a point starts at \(start), after its time \(time)")
            if isFirst { return }
            require(
                time >= report.timeUnixNano,
                .pointBackwards,
                "time goes back from \(report.timeUnixNano) to \(time)"
            )
            switch report.temporality {
            case .cumulative:
                require(
                    start == report.startUnixNano,
                    .pointStart,
                    "the start changes from \(report.startUnixNano) to \(start)"
                )
            case .delta:
                require(
                    start >= report.timeUnixNano,
                    .pointStart,
                    "the interval from \(start) overlaps the one before, to \(report.timeUnixNano)"
                )
            case nil: break
            }
        }

        mutating func require(_ condition: Bool, _ failure: @autoclosure () -> String) {
            require(condition, .pointShape, failure())
        }

        mutating func require(
            _ condition: Bool,
            _ kind: WireViolationKind,
            _ failure: @autoclosure () -> String
        ) {
            if !condition { failures.append(PointFault(kind: kind, text: failure())) }
        }
    }
}

extension MetricNumber {
    /// The sum; integers stay exact, and one that does not fit is a failure.
    fileprivate func adding(_ other: MetricNumber, _ check: inout MetricStream.Check) -> MetricNumber {
        guard case .int(let left) = self, case .int(let right) = other else {
            return .double(doubleValue + other.doubleValue)
        }
        let (sum, hasOverflowed) = left.addingReportingOverflow(right)
        check.require(!hasOverflowed, "the sum of the deltas exceeds 64 bits")
        return hasOverflowed ? .double(doubleValue + other.doubleValue) : .int(sum)
    }
}

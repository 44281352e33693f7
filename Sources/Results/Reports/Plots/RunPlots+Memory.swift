import HarnessCore
import Measurement

extension RunPlots {
    /// Resident memory and bytes in use over time, with the readings at quiet moments.
    var memory: Plot? {
        let rss = resident
        let inUse = windows?.series("bytes in use", .line) { $0.bytesInUse.map { Double($0.last) } }
        let marks = checkpoints
        // One reading is no course.
        guard (rss?.points.count ?? 0) + (inUse?.points.count ?? 0) + (marks?.points.count ?? 0) > 1 else { return nil }
        return overTime(
            "memory",
            "Memory of the worker",
            Plot.Axis("memory", .bytes, startsAtZero: true),
            [rss, inUse, marks],
            summary: [
                figure("rss_peak_bytes").map { "At most \($0) resident" },
                result.memory.map { Self.sentence($0.sentence) } ?? growth,
            ]
        )
    }

    private var growth: String? {
        let parts = [("resident memory", "rss_growth_bytes"), ("bytes in use", "bytes_in_use_growth")]
            .compactMap { words, metric in
                result.summary[metric].map { value in
                    let verb = words.hasSuffix("memory") ? (value < 0 ? "shrank" : "grew") : value < 0 ? "fell" : "rose"
                    return "\(words) \(verb) by \(Quantity.format(bytes: value.magnitude))"
                }
            }
        return parts.isEmpty ? nil : "Over the reported phases " + parts.joined(separator: ", ")
    }

    /// Resident memory: the samples where there are any, else what windows say.
    private var resident: Plot.Series? {
        let traces = result.repetitions.compactMap { $0.memory?.rssBytes }.filter { $0.points.count > 1 }
        guard let first = traces.first else {
            return windows?.series("resident (RSS)", .line) { $0.rssBytes.map { Double($0.last) } }
        }
        // Traces of equal windows lie side by side; others do not, and the first stands for all.
        let alike = traces.filter { $0.windowNanoseconds == first.windowNanoseconds }
        let longest = alike.max { $0.points.count < $1.points.count } ?? first
        let tables = alike.map { trace in
            Dictionary(trace.points.map { ($0.startNanoseconds, $0) }) { first, _ in first }
        }
        let half = Double(first.windowNanoseconds) / 2e9
        let points = longest.points.map { place in
            let values = tables.compactMap { $0[place.startNanoseconds] }
            return Plot.Point(
                x: Double(place.startNanoseconds) / 1e9 + half,
                y: MetricSpread.median(values.map(\.mean)),
                low: values.map(\.min).min(),
                high: values.map(\.max).max()
            )
        }
        return Plot.Series("resident (RSS)", .line, points)
    }

    /// Bytes in use at quiet moments, of all repetitions.
    private var checkpoints: Plot.Series? {
        let points = result.repetitions.flatMap(\.checkpoints).compactMap { checkpoint -> Plot.Point? in
            guard let seconds = checkpoint.elapsedSeconds, let bytes = checkpoint.bytesInUse else { return nil }
            return Plot.Point(x: seconds, y: Double(bytes))
        }
        return points.isEmpty
            ? nil : Plot.Series("bytes in use at checkpoints", .marks, points.sorted { $0.x < $1.x })
    }

    /// The floor of the heap: what is in use just after a flush, where growth shows that sawteeth hide.
    var heapFloor: Plot? {
        guard let floor = windows?.series("in use after flushes", .line, { $0.drainedBytesInUse.map { Double($0) } })
        else { return nil }
        let values = floor.points.compactMap(\.y)
        guard values.count > 2, let first = values.first, let last = values.last else { return nil }
        let size = { (value: Double) in Quantity.format(bytes: value) }
        let fit = floorFit
        return overTime(
            "heap-floor",
            "Floor of the heap",
            Plot.Axis("bytes in use", .bytes),
            [floor, fit.map { Plot.Series("slope and its 99 % interval", .computed, $0.points) }],
            summary: [
                "Just after a flush \(size(first)) were in use at first and \(size(last)) at last",
                fit.map { fit in
                    let perHour = { (slope: Double) in size(3_600 * slope) }
                    let interval = fit.line.interval.map { " (\(perHour($0.low)) to \(perHour($0.high)))" } ?? ""
                    return "After the first third it grows by \(perHour(fit.line.slope)) an hour\(interval)"
                },
            ]
        )
    }

    /// The line that the gates on the heap's growth judge; of several repetitions the steepest.
    private var floorFit: (line: FittedLine, points: [Plot.Point])? {
        let courses = result.repetitions.compactMap { RunCourse($0) }
        let fits = courses.compactMap { course in course.floorLine.map { (course: course, fit: $0) } }
        guard let (course, fit) = fits.max(by: { $0.fit.slope < $1.fit.slope }) else { return nil }
        let places = course.floor.map(\.x)
        guard let first = places.first, let last = places.last, let pivot = MetricSpread.median(places) else {
            return nil
        }
        let line = FittedLine(
            slope: fit.slope,
            interval: fit.interval.map { ($0.lower, $0.upper) },
            anchor: (0, fit.intercept)
        )
        return (line, line.points(over: first...last, pivot: pivot))
    }

    // MARK: - Accounting

    /// What the heap holds by the number of items that wait, with the line whose slope is the cost of an item.
    var queueDepths: Plot? {
        guard let queue = result.repetitions.compactMap(\.queue).first, queue.depths.count > 1 else { return nil }
        let depths = queue.depths.map { (items: Double($0.items), depth: $0) }.sorted { $0.items < $1.items }
        let places = depths.map(\.items)
        let line = FittedLine(
            slope: queue.heapBytesPerItem,
            interval: queue.heapBytesPerItemLow.flatMap { low in queue.heapBytesPerItemHigh.map { (low, $0) } },
            anchor: (0, queue.baseBytes)
        )
        let fit = line.points(over: places[0]...places[places.count - 1], pivot: MetricSpread.median(places) ?? 0)
        let reported = depths.compactMap { items, depth in
            depth.reportedBytes.map { Plot.Point(x: items, y: Double($0)) }
        }
        let each = MetricUnit.bytesPerItem.format
        return Plot(
            id: "queue-depths",
            title: "What waiting items hold",
            summary: Self.text([
                "\(each(queue.heapBytesPerItem)) of the heap for each item",
                queue.reportedBytesPerItem.map { "By the system's own account it is \(each($0))" },
            ]),
            x: Plot.Axis("items waiting", .count),
            y: Plot.Axis("memory", .bytes, startsAtZero: true),
            series: [
                Plot.Series("heap", .marks, depths.map { Plot.Point(x: $0.items, y: Double($0.depth.heapBytes)) }),
                Plot.Series("slope and its 99 % interval", .computed, fit),
            ] + (reported.isEmpty ? [] : [Plot.Series("by the system's account", .marks, reported)])
        )
    }
}

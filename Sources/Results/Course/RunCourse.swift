package import Measurement

/// The course of a repetition: what its reported phases with load did from the beginning to the end, faults left out.
///
///     load     ├────────┬────────┬────────┤       thirds: what warms up, what is compared, what is compared with it
///     faults         ▒▒▒▒                         their windows are no part of any trend
///     floor    .    .    .  · . . . . . . .       bytes in use just after flushes, when nothing waits
///
/// Resident memory in a short run always grows, whether there is a leak or not, and raw bytes in use hide a leak under
/// the sawtooth of the queue: the floor shows it.
package struct RunCourse: Sendable {
    /// The windows that count, in order.
    let points: [TimelinePoint]
    /// From the first of them to the end of the last, faults included, in seconds since the start of the repetition.
    let extent: ClosedRange<Double>

    /// The least number of readings of the floor that a slope is fitted to.
    package static let leastFloorReadings = 10
    /// The shortest run whose throughput is compared, in seconds: its fifths have to be more than a few intervals.
    package static let shortestThroughputSeconds = 20.0
    /// The shortest run whose resident memory is looked at, in seconds: until then every allocator still grows.
    package static let shortestPlateauSeconds = 60.0
    /// So much growth of resident memory counts as none, in bytes: an arena more or less.
    package static let negligibleGrowthBytes = 4_194_304.0

    /// Takes the windows that count from a repetition; nil where there are none.
    package init?(_ repetition: Repetition) {
        let loaded = Set(repetition.reportedPhases.filter { !$0.isIdle }.map(\.name))
        let all = (repetition.timeline?.points ?? []).filter { loaded.contains($0.phase) }
        guard let first = all.first, let last = all.last else { return nil }
        extent = first.startSeconds...(last.startSeconds + last.lengthSeconds)
        let disturbed = repetition.faultSpans
        points = all.filter { point in !disturbed.contains { point.overlaps($0.seconds) } }
    }

    /// How long it is, in seconds.
    var lengthSeconds: Double { extent.upperBound - extent.lowerBound }

    // MARK: - The floor of the heap

    /// How bytes in use just after flushes went after the first third: the moment in seconds, and the bytes.
    package var floor: [(x: Double, y: Double)] {
        let begin = extent.lowerBound + lengthSeconds / 3
        return points.filter { $0.startSeconds >= begin }.compactMap { point in
            point.drainedBytesInUse.map { (x: point.startSeconds + point.lengthSeconds / 2, y: Double($0)) }
        }
    }

    /// The line through the floor with its 99 % interval, in bytes a second; nil where there are too few readings.
    package var floorLine: TheilSen? {
        let floor = floor
        return floor.count >= Self.leastFloorReadings ? TheilSen(floor, confidence: 0.99) : nil
    }

    // MARK: - Resident memory

    /// How much more was resident in the last third than ever in the middle one, in percent of the latter.
    ///
    /// Growth of up to 4 MiB counts as none. Nil where the run is too short, or nobody sampled.
    package var plateauGrowthPercent: Double? {
        guard lengthSeconds >= Self.shortestPlateauSeconds, let middle = highWater(1..<2), let last = highWater(2..<3)
        else { return nil }
        let percent = 100 * (last - middle) / middle
        return last - middle > Self.negligibleGrowthBytes ? percent : min(0, percent)
    }

    private func highWater(_ thirds: Range<Double>) -> Double? {
        part(thirds, of: 3).compactMap(\.rssBytes?.max).max().map { Double($0) }
    }

    // MARK: - Throughput

    /// Items accepted a second in the last fifth, in percent of the first; nil where the run is too short.
    package var throughputKeptPercent: Double? {
        guard lengthSeconds >= Self.shortestThroughputSeconds, let first = acceptedPerSecond(0..<1),
            let last = acceptedPerSecond(4..<5), first > 0
        else { return nil }
        return 100 * last / first
    }

    private func acceptedPerSecond(_ fifths: Range<Double>) -> Double? {
        let own = part(fifths, of: 5)
        let seconds = own.reduce(0) { $0 + $1.lengthSeconds }
        return seconds > 0 ? Double(own.reduce(0) { $0 + $1.accepted }) / seconds : nil
    }

    /// The windows whose middle lies in a part of the course.
    private func part(_ parts: Range<Double>, of count: Double) -> [TimelinePoint] {
        points.filter { point in
            let place = point.startSeconds + point.lengthSeconds / 2 - extent.lowerBound
            return parts.contains(place / lengthSeconds * count)
        }
    }
}

extension TimelinePoint {
    fileprivate func overlaps(_ seconds: ClosedRange<Double>) -> Bool {
        startSeconds < seconds.upperBound && startSeconds + lengthSeconds > seconds.lowerBound
    }
}

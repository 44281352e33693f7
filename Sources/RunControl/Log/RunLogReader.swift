import FoundationEssentials
import LoadEngine
import Measurement

/// What the log of a run says.
///
/// A log may end anywhere, in the middle of a line, too: what cannot be read is left out and said.
struct RunLogReader {
    /// The first record.
    let header: RunLogRecord.Header
    /// All records after it, in order.
    private(set) var records: [RunLogRecord] = []
    /// What was recorded by tag; nil if there is no log of latencies.
    private(set) var latencies: [String: HistogramSnapshot]?
    /// The same over time, where a plot over time has a use for it, in the order of the file.
    private(set) var latencySeries: [String: [LatencyStretch]] = [:]
    /// What is missing or damaged, each a clause.
    private(set) var damage: [String] = []

    /// Larger files than this are no log: one of a day has 49 MB.
    private static let maximumBytes: UInt64 = 1 << 30

    /// Reads a log and the latencies beside it.
    ///
    /// - Parameter path: the `.jsonl` file.
    /// - Throws: `RunError` of usage if it cannot be read, or is something else.
    init(path: String) throws(RunError) {
        let text = try Self.read(path)
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: true)
        var torn: String?
        if text.last != 0x0A, !text.isEmpty {
            torn = "the last line of \(path) is torn"
            lines.removeLast()
        }
        guard let first = lines.first else {
            throw .usage("\(path) is not the log of a run: it has no whole line")
        }
        switch Self.record(first) {
        case .success(.header(let header)):
            guard header.version == RunLogRecord.Header.currentVersion else {
                let known = RunLogRecord.Header.currentVersion
                throw .usage("\(path) is a log of version \(header.version), and this bench reads version \(known)")
            }
            self.header = header
        case .success:
            throw .usage("\(path) is not the log of a run: it does not begin with a header")
        case .failure(let error):
            throw .usage("\(path) is not the log of a run: \(error)")
        }
        for (index, line) in lines.enumerated().dropFirst() {
            switch Self.record(line) {
            case .success(let record): records.append(record)
            case .failure(let error): damage.append("line \(index + 1) of \(path) cannot be read: \(error)")
            }
        }
        if let torn { damage.append(torn) }
        readLatencies(path)
    }

    private mutating func readLatencies(_ path: String) {
        let latencyPath = String(path.hasSuffix(".jsonl") ? path.dropLast(6) : path[...]) + ".hlog"
        do {
            var sums: [String: HistogramSnapshot] = [:]
            var series: [String: [LatencyStretch]] = [:]
            let text = String(decoding: try Self.read(latencyPath), as: UTF8.self)
            let log = HistogramLog(scanning: text) { entry in
                let tag = entry.tag ?? ""
                sums[tag, default: HistogramSnapshot()].add(entry.histogram)
                guard TimelineBuilder.Distribution.allCases.contains(where: { tag.hasSuffix(".\($0.rawValue)") }) else {
                    return
                }
                series[tag, default: []].append(LatencyStretch(entry))
            }
            (latencies, latencySeries) = (sums, series)
            damage += log.damage.map { "\(latencyPath): \($0)" }
        } catch {
            damage.append("there are no latencies: \(error)")
        }
    }

    private static func record(_ line: some Collection<UInt8>) -> Result<RunLogRecord, RunLogLineError> {
        let data = Data(line)
        do {
            return .success(try JSONDecoder().decode(RunLogRecord.self, from: data))
        } catch {
            return .failure(RunLogLineError(description: WorkerProtocolError.sentence(for: error)))
        }
    }

    private static func read(_ path: String) throws(RunError) -> [UInt8] {
        do {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64 ?? 0
            guard size <= maximumBytes else { throw RunError.usage("\(path) is too large for a log") }
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch let error as RunError {
            throw error
        } catch {
            throw .usage("\(path) cannot be read: \((error as? CocoaError).map(Self.reason) ?? "\(error)")")
        }
    }

    private static func reason(_ error: CocoaError) -> String {
        switch error.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: "no such file"
        case .fileReadNoPermission: "permission denied"
        default: "\(error)"
        }
    }
}

/// Why a line is no record.
private struct RunLogLineError: Error, CustomStringConvertible {
    let description: String
}

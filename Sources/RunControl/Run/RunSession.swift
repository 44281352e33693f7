import FoundationEssentials
import HTTP
import HarnessCore
import LoadEngine
import Platform
import Results

/// Whether the receiver keeps a ledger.
enum LedgerState {
    /// It does, and it can be read.
    case offered
    /// It does not, or cannot be reached: nothing is known about what arrives.
    case notOffered
}

/// What the repetitions of a run share: the request, the sink, the signals, and whoever watches.
final class RunSession {
    let request: RunRequest
    let observer: any RunObserver
    /// Where the run is logged as it goes; nil if it is not.
    let log: RunLog?
    /// Identifies the run.
    let runID: String
    /// Where the system exports to.
    let endpoint: ReceiverEndpoint
    /// Reads what the machine and the sink do beside the workers.
    let hostProbe: HostProbe
    /// Things that a reader of the result should know, found while running.
    private(set) var warnings: [String] = []

    private let sink: ManagedProcess?
    private let signals: SignalPipe
    private var firstSignal: (number: Int32, at: UInt64)?
    private var isUrgent = false
    /// Within this time of the first signal another of its number is the same one, in nanoseconds.
    private static let sameSignal: UInt64 = 500_000_000

    /// How long a child may take to end, in nanoseconds: no time at all once the user has asked twice.
    var endPatience: UInt64 { isUrgent ? 0 : request.quitLimit }

    /// Starts the sink, unless the request names a receiver, and begins to listen for SIGINT, SIGTERM and SIGHUP.
    init(request: RunRequest, observer: any RunObserver, log: RunLog? = nil) throws(RunError) {
        self.request = request
        self.observer = observer
        self.log = log
        log?.onTrouble = observer.note
        runID = UUID().uuidString.lowercased()
        do {
            signals = try SignalPipe(signals: [Signals.interrupt, Signals.terminate, Signals.hangUp])
        } catch {
            throw .internal("cannot catch signals: \(error)")
        }
        if let endpoint = request.endpoint {
            self.endpoint = endpoint
            sink = nil
            hostProbe = HostProbe(sinkProcess: nil, sinkPort: nil)
        } else {
            let (process, endpoint) = try SinkProcess.start(
                executable: request.sinkExecutable,
                passOn: observer.note
            )
            sink = process
            self.endpoint = ReceiverEndpoint(endpoint)
            hostProbe = HostProbe(sinkProcess: process.processID, sinkPort: UInt16(exactly: endpoint.port))
        }
    }

    /// Finds out what harness and machine can do before the first repetition.
    func calibrate() -> Calibration {
        Calibration.measure(
            worker: request.workerExecutable,
            sink: sink == nil ? nil : endpoint.plain,
            run: "\(runID)-calibration"
        )
    }

    /// Ends the sink.
    func end() {
        sink?.finish(patience: endPatience)
    }

    /// The id that the items of one repetition carry: each has a ledger of its own.
    func runID(ofRepetition index: Int) -> String {
        "\(runID)-\(index)"
    }

    /// The descriptors that a repetition waits for besides its worker's.
    var descriptors: [Int32] {
        (sink?.descriptors ?? []) + [signals.descriptor]
    }

    /// Reacts to the sink and to signals.
    ///
    /// - Parameters:
    ///   - ready: Descriptors that can be read without waiting.
    ///   - interrupt: Called for the first signal; the second ends the run at once.
    /// - Throws: `RunError` if the sink has died, or at the second signal.
    func handle(_ ready: [Int32], interrupt: () throws(RunError) -> Void) throws(RunError) {
        for number in signals.take() {
            // One Ctrl-C may come twice: from the terminal, and from the make or timeout in front of us.
            let now = MonotonicClock.now()
            if let firstSignal, firstSignal.number == number, now - firstSignal.at < Self.sameSignal { continue }
            guard firstSignal == nil else {
                isUrgent = true
                throw RunError(exitStatus: .interrupted, message: "interrupted a second time: no result was written")
            }
            firstSignal = (number, now)
            note("interrupted: finishing in good order (again to end at once)")
            try interrupt()
        }
        guard let sink else { return }
        _ = try sink.read(ready)
        if sink.hasEnded { throw sink.ended() }
    }

    /// Finds out whether the receiver keeps a ledger.
    ///
    /// Our own sink must; any other may. Without a client, because of TLS, there is nobody to ask.
    func probeLedger(_ ledger: LedgerClient?) throws(RunError) -> LedgerState {
        guard let ledger else {
            noteUnverified("a ledger is read over http:// only, and the endpoint is \(endpoint)")
            return .notOffered
        }
        do {
            // A receiver that says yes to whatever is posted keeps no ledger: only a ledger that can be read is one.
            _ = try ledger.snapshot()
            try ledger.beginPhase("start")
            return .offered
        } catch {
            guard sink == nil else { throw sinkFailure("\(error)") }
            noteUnverified("\(error)")
            return .notOffered
        }
    }

    /// Tells the receiver what a repetition is to be checked for beyond its items: tenants and planted secrets.
    func announceChecks(_ ledger: LedgerClient) throws(RunError) {
        let plan = request.plan
        let hasCanaries = plan.workload.components.contains { $0.workload.canaryEvery > 0 }
        do {
            try ledger.expect(
                tenants: request.profile.tenants,
                canary: hasCanaries ? Canary(seed: plan.seed).needle : nil
            )
        } catch {
            guard sink == nil else { throw sinkFailure("\(error)") }
            warn("neither tenants nor planted secrets are checked: \(error)")
        }
    }

    private func noteUnverified(_ reason: String) {
        warn("delivery unverified: \(reason)")
        note("warning: delivery unverified: \(reason)")
    }

    /// The error for a sink that does not do its part, with its last words if it is ours.
    func sinkFailure(_ reason: String) -> RunError {
        sink?.ended(because: reason) ?? .internal(reason)
    }

    /// Tells the user something, and the log.
    func note(_ text: String) {
        observer.note(text)
        log?.note(text)
    }

    /// Notes something once.
    func warn(_ text: String) {
        if !warnings.contains(text) { warnings.append(text) }
    }
}

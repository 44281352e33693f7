import Measurement

/// Records into ``LatencyHistograms`` without counting references: a value of three pointers.
///
/// Copying the histograms themselves would retain and release each of them for every operation, which costs more than
/// recording. The producer's ``ProducerRecorder``, which outlives every loop, keeps them alive.
struct LatencyWriter {
    private let response: Unmanaged<Histogram>?
    private let service: Unmanaged<Histogram>
    private let lag: Unmanaged<Histogram>?

    init(_ histograms: LatencyHistograms) {
        response = histograms.response.map { Unmanaged.passUnretained($0) }
        service = Unmanaged.passUnretained(histograms.service)
        lag = histograms.lag.map { Unmanaged.passUnretained($0) }
    }

    /// Records an operation of the open model.
    ///
    /// Hot path (budget: 12 ns for all three): neither allocates nor locks.
    @inline(__always)
    func record(intended: UInt64, began: UInt64, ended: UInt64) {
        // Wrapping subtraction is exact: the three come in this order.
        response?._withUnsafeGuaranteedRef { $0.record(ended &- intended) }
        service._withUnsafeGuaranteedRef { $0.record(ended &- began) }
        lag?._withUnsafeGuaranteedRef { $0.record(began &- intended) }
    }

    /// Records an operation of the closed model.
    @inline(__always)
    func record(began: UInt64, ended: UInt64) {
        service._withUnsafeGuaranteedRef { $0.record(ended &- began) }
    }

    /// Records how late an operation was that never started.
    func recordMissed(lateness: UInt64) {
        response?._withUnsafeGuaranteedRef { $0.record(lateness) }
    }
}

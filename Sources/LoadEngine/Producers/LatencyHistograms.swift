import Measurement

/// The distributions of one producer's operations of one kind: written by its thread alone.
struct LatencyHistograms: Sendable {
    /// The kind of operation.
    let kind: Workload.Operation
    /// From the intended start to the end; open model only.
    let response: Histogram?
    /// From the actual start to the end.
    let service = Histogram()
    /// From the intended to the actual start; open model only.
    let lag: Histogram?

    init(_ kind: Workload.Operation, isOpen: Bool) {
        self.kind = kind
        response = isOpen ? Histogram() : nil
        lag = isOpen ? Histogram() : nil
    }
}

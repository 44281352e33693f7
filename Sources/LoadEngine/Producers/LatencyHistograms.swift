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

    /// Records an operation of the open model.
    ///
    /// Hot path (budget: 12 ns for all three): neither allocates nor locks.
    @inline(__always)
    func record(intended: UInt64, began: UInt64, ended: UInt64) {
        // Wrapping subtraction is exact: the three come in this order.
        response?.record(ended &- intended)
        service.record(ended &- began)
        lag?.record(began &- intended)
    }
}

/// An item that is ready to be written: it knows its size, and then writes itself in one go.
///
/// Measuring first costs a pass over the item and saves everything else: length prefixes are exact, one comparison checks
/// the room for the whole record, and the writing needs no checks and is all that happens under the lock.
protocol SignalRecord {
    /// The size of the item in protobuf as it stands in its scope, tag and length included.
    var encodedSize: Int { get }

    /// Writes the item in protobuf; exactly `encodedSize` bytes.
    ///
    /// - Parameter start: Memory with room for `encodedSize` bytes.
    func write(at start: UnsafeMutableRawPointer)
}

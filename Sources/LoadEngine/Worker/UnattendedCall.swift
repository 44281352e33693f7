/// The command line of a worker that runs by itself: `--run FILE [--sink PATH]`.
struct UnattendedCall: Equatable {
    /// The option that asks for it.
    static let option = "--run"
    private static let sinkOption = "--sink"

    /// What `bench plan --worker-input` wrote.
    let file: String
    /// The `bench-sink` to start and to end; nil where the file's endpoint is a receiver that runs already.
    let sink: String?

    /// Reads the arguments.
    ///
    /// - Parameter arguments: those of the process, without its name.
    /// - Throws: ``UnattendedRun/Refusal`` unless they are one file, and at most one sink.
    init(_ arguments: [String]) throws {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard [Self.option, Self.sinkOption].contains(name) else {
                throw UnattendedRun.usage("unexpected argument '\(name)'")
            }
            guard let value = rest.popFirst() else { throw UnattendedRun.usage("\(name) names nothing") }
            guard values.updateValue(value, forKey: name) == nil else {
                throw UnattendedRun.usage("\(name) is there twice")
            }
        }
        guard let file = values[Self.option] else { throw UnattendedRun.usage("no file is named") }
        self.file = file
        sink = values[Self.sinkOption]
    }
}

/// `/proc/cpuinfo`: what the processors are.
package struct ProcCPUInfo: Equatable, Sendable {
    /// The model's name as the first processor gives it: `model name` on x86, otherwise `Model`, `cpu model` or
    /// `Hardware`.
    ///
    /// Nil where the kernel gives only numbers, as on most 64-bit ARM machines.
    package let model: String?

    /// How many processors are listed.
    package let processors: Int

    /// Parses the file's text: blocks of `name⇥: value`.
    package init(parsing bytes: UnsafeRawBufferPointer) {
        var model: String?
        var processors = 0
        var text = ProcText(bytes)
        repeat {
            var line = text
            let rest = line.restOfLine()
            guard let colon = rest.firstIndex(of: UInt8(ascii: ":")) else {
                continue
            }
            var name = rest[..<colon]
            while let last = name.last, last == UInt8(ascii: "\t") || last == UInt8(ascii: " ") {
                name.removeLast()
            }
            if ProcText.equals(name, "processor") {
                processors += 1
            } else if model == nil, Self.modelNames.contains(where: { ProcText.equals(name, $0) }) {
                var value = rest[(colon + 1)...]
                while let first = value.first, first == UInt8(ascii: " ") {
                    value.removeFirst()
                }
                model = value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
            }
        } while text.nextLine()
        self.model = model
        self.processors = processors
    }

    private static let modelNames: [StaticString] = ["model name", "Model", "cpu model", "Hardware"]
}

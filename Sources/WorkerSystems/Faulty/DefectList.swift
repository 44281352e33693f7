import HarnessCore
import LoadEngine

/// What stands behind `faulty:`, as defects with their values: `stall=2s,at=3s,slow=50us,base=null`.
///
/// The name of a defect begins a new one; other keys belong to the defect before them, but for `base`.
struct DefectList {
    /// The name of the system below the defects.
    let base: String
    /// The defects in the order in which they were written: each wraps those before it.
    let defects: [any PlantedDefect]

    /// The key that names the system below.
    static let baseKey = "base"

    /// Reads a variant.
    ///
    /// - Parameters:
    ///   - text: what stands behind the colon; nil without one.
    ///   - catalogue: the defects that there are.
    ///   - bases: the names of the systems that can be below; the first unless another is asked for.
    /// - Throws: `SystemConfigurationError` that names the word, and the nearest one that there is.
    init(
        _ text: String?,
        catalogue: [any PlantedDefect.Type],
        bases: [String]
    ) throws(SystemConfigurationError) {
        var base = bases[0]
        var written: [(type: any PlantedDefect.Type, values: [String: String])] = []
        let words = text.map { $0.split(separator: ",", omittingEmptySubsequences: false) } ?? []
        for word in words where words.count > 1 || !word.isEmpty {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let key = parts[0]
            let value = parts.count > 1 ? parts[1] : nil
            if key == Self.baseKey {
                guard let value, bases.contains(value) else {
                    throw Self.error("\"\(word)\" names no system; base is one of: \(bases.joined(separator: ", "))")
                }
                base = value
            } else if let type = catalogue.first(where: { $0.manual.name == key }) {
                written.append((type, value.map { [key: $0] } ?? [:]))
            } else if let last = written.last, last.type.manual.parameters.contains(where: { $0.name == key }) {
                guard let value else { throw Self.error("\(last.type.manual.name): \(key) has no value") }
                written[written.count - 1].values[key] = value
            } else {
                throw Self.unknown(key, after: written.last?.type, catalogue)
            }
        }
        guard !written.isEmpty else {
            throw Self.error("no defect is named; for example faulty:\(DropDefect.manual.name)=1/100")
        }
        self.base = base
        var defects: [any PlantedDefect] = []
        for (type, values) in written {
            var values = DefectValues(defect: type.manual.name, values: values)
            defects.append(try type.init(&values))
        }
        self.defects = defects
    }

    private static func unknown(
        _ key: String,
        after last: (any PlantedDefect.Type)?,
        _ catalogue: [any PlantedDefect.Type]
    ) -> SystemConfigurationError {
        let names = catalogue.map { $0.manual.name }
        let parameters = last?.manual.parameters.map { $0.name } ?? []
        if let nearest = Suggestion.nearest(to: key, in: parameters + names + [baseKey]) {
            return error("there is no defect \"\(key)\"; did you mean \"\(nearest)\"?")
        }
        let own = last.map { type in
            parameters.isEmpty
                ? "\(type.manual.name) has no parameters; "
                : "\(type.manual.name) has \(parameters.joined(separator: ", ")); "
        }
        return error("there is no defect \"\(key)\"; \(own ?? "")the defects: \(names.joined(separator: ", "))")
    }

    private static func error(_ message: String) -> SystemConfigurationError {
        SystemConfigurationError(option: "name", message: "faulty: \(message)")
    }
}

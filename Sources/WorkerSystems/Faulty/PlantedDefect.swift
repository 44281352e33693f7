import LoadEngine

/// A fault that is built into a system on purpose, to see whether the harness notices it.
///
/// A defect knows how it is written, and wraps a system: its calls, its flush, its account of itself, its configuration,
/// or what it exports. It sees nothing but the public side of the SDK, as a bug of the SDK would look from outside.
protocol PlantedDefect: Sendable {
    /// How it is written and what it does.
    static var manual: DefectManual { get }

    /// Reads its values.
    ///
    /// - Throws: `SystemConfigurationError` for a value that is missing or makes no sense.
    init(_ values: inout DefectValues) throws(SystemConfigurationError)

    /// Makes the system with the defect in it.
    ///
    /// - Throws: `SystemConfigurationError` where the system below cannot be made, or offers no place for the defect.
    func plant(in site: DefectSite) throws(SystemConfigurationError) -> any TelemetrySystem
}

/// How a defect is written and what it does.
struct DefectManual: Sendable {
    /// The name by which it is asked for.
    var name: String
    /// What follows the name in its usage, such as `=1/N`; empty for a defect without a value.
    var form: String = ""
    /// The names of its further parameters with their forms, in order.
    var parameters: [(name: String, form: String)] = []
    /// The part of the system that it spoils.
    var place: DefectPlace
    /// What it does, in a sentence.
    var explanation: String

    /// The defect as one writes it: `block=1/N,for=D`.
    var usage: String {
        ([name + form] + parameters.map { $0.name + $0.form }).joined(separator: ",")
    }
}

/// The part of a system that a defect spoils.
enum DefectPlace: String, Sendable {
    /// The producers' calls.
    case calls
    /// Explicit flushes.
    case flush
    /// The system's account of itself.
    case counters
    /// The settings that it is made with.
    case configuration
    /// What it sends.
    case export
}

/// Where a defect is planted: a configuration, and a way to make the system below.
struct DefectSite: Sendable {
    /// A way to make the system below.
    typealias Maker = @Sendable (SystemConfiguration) throws(SystemConfigurationError) -> any TelemetrySystem

    /// What the system is to be made from.
    let configuration: SystemConfiguration
    /// Makes the system below; more than once if the defect needs several.
    let make: Maker
}

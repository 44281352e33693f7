import Platform

/// What the SDK finds out about its process and machine, for the resource.
struct ProcessFacts: Sendable {
    /// The name of the executable, without its folder.
    var executableName: String?
    /// The process's id.
    var processID: Int?
    /// The machine's name in the network.
    var hostName: String?
    /// The processor's architecture in OpenTelemetry's words: `amd64`, `arm64`.
    var hostArchitecture: String?
    /// The operating system in OpenTelemetry's words: `linux`.
    var osType: String?
    /// The kernel's release.
    var osVersion: String?
    /// A random UUID.
    var sessionID: String

    /// The facts of the running process.
    ///
    /// A fact that the system does not tell is absent.
    static func current() -> ProcessFacts {
        let name = try? Host.name()
        return ProcessFacts(
            executableName: (try? ExecutablePath.current())?.split(separator: "/").last.map(String.init),
            processID: Int(Host.processID),
            hostName: name?.host,
            hostArchitecture: name.map { architecture($0.machine) },
            osType: name?.system.lowercased(),
            osVersion: name?.release,
            sessionID: RandomUUID.make()
        )
    }

    /// The name of an instruction set in OpenTelemetry's words.
    ///
    /// Source: https://opentelemetry.io/docs/specs/semconv/registry/attributes/host/#host-arch
    static func architecture(_ machine: String) -> String {
        switch machine {
        case "x86_64": "amd64"
        case "aarch64": "arm64"
        case "i386", "i686": "x86"
        case "armv6l", "armv7l": "arm32"
        case "ppc64", "ppc64le": "ppc64"
        default: machine
        }
    }
}

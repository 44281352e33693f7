import Platform
import TestSupport
import Testing

/// A sink behind a TLS front, with a certificate from an authority that was made for the occasion.
///
/// `openssl` makes the certificates, and `Tests/Interop/tls_front.py` speaks TLS; the sink behind it tells what came.
final class SecureReceiver {
    /// The programs that it needs and this machine lacks.
    static let missingPrograms = ["openssl", "python3"].filter { ExecutablePath.search($0) == nil }

    /// The authority's certificate in PEM, which makes the front trusted.
    private let authority: String

    /// Where the front listens: `https://localhost:PORT`.
    let url: String

    /// The sink behind it, for questions in plain HTTP: `http://127.0.0.1:PORT`.
    let sinkURL: String

    private let folder: TemporaryDirectory
    private let sink: ToolRun
    private let front: ChildProcess

    init() throws {
        folder = try TemporaryDirectory()
        authority = folder.path("authority.pem")
        let certificate = folder.path("certificate.pem")
        let newKey = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
        ]
        try Self.openssl(
            newKey + ["-subj", "/CN=test authority", "-keyout", folder.path("authority.key"), "-out", authority]
        )
        try Self.openssl(
            newKey + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
                + ["-CA", authority, "-CAkey", folder.path("authority.key")]
                + ["-keyout", folder.path("certificate.key"), "-out", certificate]
        )

        sink = try ToolRun("bench-sink", ["--port", "0", "--quiet"])
        sinkURL = try #require(try sink.awaitOutputLine(withPrefix: "bench-sink listening on "))
        let sinkPort = try #require(sinkURL.split(separator: ":").last)
        front = try ChildProcess.start(
            executable: try #require(ExecutablePath.search("python3")),
            arguments: [
                Repository.root + "/Tests/Interop/tls_front.py", certificate, folder.path("certificate.key"),
                "\(sinkPort)",
            ],
            standardInput: .null,
            standardError: .inherit
        )
        let lines = LineReader(descriptor: front.standardOutput ?? -1)
        guard case .line(let port) = try lines.next(deadline: Waiting.deadline()) else {
            throw Failure(description: "tls_front.py does not listen")
        }
        url = "https://localhost:" + String(decoding: port, as: UTF8.self)
    }

    /// A command that runs the command behind it on a machine that trusts this receiver and nobody else.
    ///
    /// The libcurl in Foundation's networking has the place of the system's authorities built in, and looks at no variable,
    /// not even `SSL_CERT_FILE`: so the file is put in its place, for that process and its children alone.
    var trustingCommand: [String] {
        let script = "mount --bind \"$0\" \"$1\" && shift && exec \"$@\""
        return Self.namespaceCommand + ["sh", "-c", script, authority, Self.systemFile]
    }

    /// Whether this machine lets a process have its own idea of a file.
    static let canBeTrusted = {
        guard missingPrograms.isEmpty, FilePresence.exists(systemFile) else { return false }
        let attempt = try? ToolRun(command: namespaceCommand + ["mount", "--bind", systemFile, systemFile]).finish()
        return attempt?.exit == .status(0)
    }()

    private static let systemFile = "/etc/ssl/certs/ca-certificates.crt"
    private static let namespaceCommand = ["unshare", "--user", "--map-root-user", "--mount"]

    deinit {
        front.kill(9)
        sink.signal(15)
    }

    /// Why the receiver could not be set up.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static func openssl(_ arguments: [String]) throws {
        let process = try ChildProcess.start(
            executable: try #require(ExecutablePath.search("openssl")),
            arguments: arguments,
            standardInput: .null,
            standardOutput: .null,
            standardError: .null
        )
        guard process.wait(deadline: Waiting.deadline()) == .status(0) else {
            throw Failure(description: "openssl \(arguments.joined(separator: " ")) failed")
        }
    }
}

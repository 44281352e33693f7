import Platform
import Telemetry
import TelemetryURLSession
import TestSupport
import Testing

/// Certificates are checked: a client of the SDK against `openssl s_server` with a certificate that nobody has signed.
@Suite(.enabled(if: ExecutablePath.search("openssl") != nil, "needs openssl"))
struct CertificateTests {
    @Test func aCertificateThatIsNotTrustedIsRefused() throws {
        let folder = try TemporaryDirectory()
        let key = folder.path("key.pem")
        let certificate = folder.path("certificate.pem")
        let maker = try start(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-days",
            "1",
            "-keyout",
            key,
            "-out",
            certificate
        )
        #expect(maker.wait(deadline: Waiting.deadline()) == .status(0))
        // A port that was free a moment ago.
        let port = try ScriptedServer { _, _ in }.port
        let server = try start("s_server", "-quiet", "-www", "-accept", "\(port)", "-key", key, "-cert", certificate)
        defer { _ = server.kill(9) }
        let isListening = Waiting.until {
            guard let socket = try? TCPSocket.connect(host: "127.0.0.1", port: port, deadline: Waiting.deadline())
            else { return false }
            _ = consume socket
            return true
        }
        #expect(isListening)

        var configuration = TelemetryConfiguration(projectName: "tests", endpoint: "https://localhost:\(port)")
        configuration.isEnabled = true
        configuration.secureTransport = .urlSession
        let telemetry = try Telemetry(configuration: configuration)
        telemetry.trackEvent("e")
        #expect(telemetry.flush(timeout: .seconds(30)) == .failure(lostItems: 1))
        let status = telemetry.status
        #expect(status.dropped == [.exportRejected: 1] && status.retries == 0)
        #expect(status.lastFailure?.contains("certificate") == true)
        telemetry.shutdown(timeout: .seconds(5))
    }

    private func start(_ arguments: String...) throws -> ChildProcess {
        try ChildProcess.start(
            executable: try #require(ExecutablePath.search("openssl")),
            arguments: arguments,
            standardInput: .null,
            standardOutput: .null,
            standardError: .null
        )
    }
}

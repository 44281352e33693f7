import FoundationEssentials
import HTTP
import Platform
import Results
import TestSupport
import Testing

/// `bench` against a receiver with TLS.
@Suite(.enabled(if: SecureReceiver.missingPrograms.isEmpty, "needs openssl and python3"))
struct SecureRunTests {
    @Test(
        "With a trusted certificate everything arrives; that it did is not verified through TLS",
        .enabled(if: SecureReceiver.canBeTrusted, "needs a namespace of its own to trust a certificate in")
    )
    func trustedCertificate() throws {
        let receiver = try SecureReceiver()
        let folder = try TemporaryDirectory()
        let bench = try BuiltExecutable.path("bench")
        let arguments = [
            "--profile", "smoke", "--endpoint", receiver.url, "--allow-unverified", "--out", folder.path,
        ]
        let run = try ToolRun(command: receiver.trustingCommand + [bench] + arguments).finish()
        #expect(run.exit == .status(0), "\(run.output)\n\(run.errors)")
        #expect(run.output.contains("delivery unverified"))
        let result = try onlyResult(in: folder)
        #expect(result.delivery == .unverified)
        #expect(result.repetitions.first?.counters?.exported == 1000)

        // The sink behind the front knows better.
        let client = HTTPClient(endpoint: try HTTPEndpoint(parsing: receiver.sinkURL))
        let ledger = try client.send(method: "GET", path: "/bench/ledger?run=\(result.runID)-0")
        #expect(String(decoding: ledger.body, as: UTF8.self).contains("\"distinct\":1000"))
    }

    @Test("A certificate that nobody trusts is refused, and the reason is told")
    func untrustedCertificate() throws {
        let receiver = try SecureReceiver()
        let folder = try TemporaryDirectory()
        let run = try ToolRun.run(
            "bench",
            ["--profile", "smoke", "--duration", "300ms", "--endpoint", receiver.url, "--out", folder.path]
        )
        #expect(run.exit == .status(1), "\(run.output)\n\(run.errors)")
        let result = try onlyResult(in: folder)
        #expect(result.verdict == .fail && result.delivery == .unverified)
        let counters = try #require(result.repetitions.first?.counters)
        #expect(counters.exported == 0 && counters.dropped == ["export_rejected": counters.accepted])
        #expect(result.warnings.contains { $0.contains("certificate") }, "\(result.warnings)")
    }
}

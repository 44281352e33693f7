import Glibc
import HTTP
import Platform
import TestSupport
import Testing

@testable import CollectorSink

/// The executable `bench-sink`, as a user and `bench` meet it.
struct BenchSinkTests {
    /// A started `bench-sink` and readers of what it says.
    struct Running {
        let process: ChildProcess
        let output: LineReader
        let errors: LineReader

        init(_ arguments: [String]) throws {
            process = try ChildProcess.start(
                executable: BuiltExecutable.path("bench-sink"),
                arguments: arguments,
                environment: ["COLUMNS": "80"],
                standardInput: .pipe,
                standardOutput: .pipe,
                standardError: .pipe
            )
            output = LineReader(descriptor: try #require(process.standardOutput))
            errors = LineReader(descriptor: try #require(process.standardError))
        }

        /// The next line of a stream, or nil at its end.
        static func line(_ reader: LineReader) throws -> String? {
            switch try reader.next(deadline: Waiting.deadline()) {
            case .line(let bytes): String(decoding: bytes, as: UTF8.self)
            case .endOfFile: nil
            case .timedOut: throw Silent()
            }
        }

        /// All lines up to the stream's end.
        static func lines(_ reader: LineReader) throws -> [String] {
            var lines: [String] = []
            while let line = try line(reader) { lines.append(line) }
            return lines
        }

        /// The port in the first line.
        func port() throws -> Int {
            let line = try #require(try Self.line(output))
            let prefix = "bench-sink listening on http://127.0.0.1:"
            try #require(line.hasPrefix(prefix))
            return try #require(Int(line.dropFirst(prefix.count)))
        }

        func ending() -> ChildProcess.Exit? {
            process.wait(deadline: Waiting.deadline())
        }
    }

    /// A stream that said nothing in time.
    struct Silent: Error {}

    func post(_ body: [UInt8], port: Int) throws {
        let client = HTTPClient(endpoint: HTTPEndpoint(host: "127.0.0.1", port: port))
        let headers: HTTPHeaders = ["Content-Type": "application/x-protobuf"]
        let response = try body.withUnsafeBytes {
            try client.send(method: "POST", path: "/v1/logs", headers: headers, body: [$0])
        }
        try #require(response.status == 200)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func stopsOnASignalAndPrintsTotals(signal: Int32) throws {
        let sink = try Running(["--port", "0", "--quiet"])
        let port = try sink.port()
        try post(LogsRequest.bytes(run: "r", sequences: 0..<1234), port: port)
        try post(LogsRequest.bytes(run: "r", ids: [0, nil]), port: port)
        #expect(sink.process.kill(signal))
        let last = "bench-sink received 1,236 items in 2 requests, 1 duplicated, 1 foreign"
        #expect(try Running.lines(sink.output) == [last])
        #expect(try Running.lines(sink.errors) == [])
        #expect(sink.ending() == .status(0))
    }

    @Test func endsWithItsParentIfAskedTo() throws {
        let sink = try Running(["--port=0", "--quiet", "--exit-with-parent"])
        _ = try sink.port()
        try sink.process.write(Array("ignored\n".utf8), deadline: Waiting.deadline())
        sink.process.closeInput()
        #expect(try Running.lines(sink.output) == ["bench-sink received 0 items in 0 requests"])
        #expect(sink.ending() == .status(0))
    }

    @Test func endOfInputMeansNothingOtherwise() throws {
        let sink = try Running(["--port=0", "--quiet"])
        let port = try sink.port()
        sink.process.closeInput()
        try post(LogsRequest.bytes(run: "r", ids: [0]), port: port)
        #expect(sink.process.isRunning)
        #expect(sink.process.kill(SIGTERM))
        #expect(sink.ending() == .status(0))
    }

    @Test func saysEverySecondWhatArrives() throws {
        let sink = try Running(["--port", "0"])
        try post(LogsRequest.bytes(run: "r", sequences: 0..<100), port: try sink.port())
        let line = try #require(try Running.line(sink.errors))
        #expect(line.contains(" s  100 items in 1 request  ("))
        #expect(sink.process.kill(SIGTERM))
        #expect(sink.ending() == .status(0))
    }

    @Test func busyPortIsNamed() throws {
        let listener = try TCPListener(host: "127.0.0.1", port: 0, deadline: Waiting.deadline())
        let sink = try Running(["--port", "\(listener.port)"])
        let message = """
            Error: cannot bind 127.0.0.1:\(listener.port): address already in use; stop the other process or pass --port
            """
        #expect(try Running.lines(sink.errors) == [message])
        #expect(try Running.lines(sink.output) == [])
        #expect(sink.ending() == .status(5))
    }

    @Test func unknownHostIsNamed() throws {
        let sink = try Running(["--host", "192.0.2.1", "--port", "0"])
        let lines = try Running.lines(sink.errors)
        #expect(lines.first?.hasPrefix("Error: cannot bind 192.0.2.1:0: ") == true)
        #expect(lines.first?.hasSuffix("; pass an address of this machine with --host") == true)
        #expect(sink.ending() == .status(5))
    }

    @Test(arguments: [
        (["--prot", "1"], "'--port'"), (["--port", "70000"], "allowed are 0 to 65535"),
        (["--port", "http"], "it is not a whole number"), (["extra"], "extra"),
    ])
    func usageErrorsAreExplained(arguments: [String], hint: String) throws {
        let sink = try Running(arguments)
        let text = try Running.lines(sink.errors).joined(separator: "\n")
        #expect(text.hasPrefix("Error: "))
        #expect(text.contains(hint))
        #expect(text.contains("See 'bench-sink --help' for more information."))
        #expect(sink.ending() == .status(2))
    }

    @Test func helpIsAsStored() throws {
        let sink = try Running(["--help"])
        #expect(try Running.lines(sink.output).joined(separator: "\n") == Self.help)
        #expect(sink.ending() == .status(0))
    }

    static let help = """
        OVERVIEW: Receive OTLP/HTTP logs, spans and metrics and keep account of every
        item by its id and of every metric stream by its values; 'bench' starts one of
        its own.

        USAGE: bench-sink [<options>]

        OPTIONS:
          --host <address>        Address to listen on (default: 127.0.0.1)
          --port <port>           Port to listen on; 0 lets the system choose (default:
                                  4318)
          -q, --quiet             Say nothing between the first line and the last
          --print                 Print a line for every item that arrives: what it is,
                                  its name and attributes
          --exit-with-parent      End when standard input ends
          --version               Show the version.
          -h, --help              Show help information.

        ENDPOINTS:
          POST /v1/logs, /v1/traces, /v1/metrics
                                  takes OTLP in protobuf or JSON, also with gzip
          GET /bench/ledger?run=ID
                                  what has arrived of a run, as JSON; with &view=counts
                                  the sums alone
          POST /bench/run?run=ID&tenants=N&canary=WORD
                                  says what a run is to be checked for
          POST /bench/phase?run=ID&name=NAME
                                  begins a phase of a run
          GET /bench/requests?last=20
                                  the last requests of signals, at most 256, as JSON
          GET, POST, DELETE /bench/faults
                                  how the sink misbehaves on purpose
          GET /bench/health       that the sink lives, and what it has used

        FAULTS:
          KEY=VALUE,…;…           faults, separated by semicolons; the same keys and
                                  values as in JSON
          delay=TIME              5ms, uniform:1ms..5ms or exponential:5ms; delays add
                                  up
          status=CODE             an error, with retry_after=2s and
                                  retry_after_form=date if wanted
          partial=N               the last N items of a request are rejected
          close | reset[=SIZE]    no answer: the end of the connection, or a reset
                                  within the body
          hang | garbage          no answer at all, or bytes that are none
          lost                    everything is taken, and the connection closed without
                                  an answer
          slow_read=SIZE          so many bytes of the request a second; drip=SIZE of
                                  the answer
          half_close              after the answer nothing is sent on the connection any
                                  more
          refuse                  nobody listens; restart=TIME: for a moment, then on
                                  the same port
          p=0.3, next=5           of the requests a part (seed=N), or the next ones
          at=5s, for=10s          from when it was set, and for how long
          path=/v1/logs           of one signal only

        EXIT STATUSES:
          0                       stopped by Ctrl-C (SIGINT), SIGTERM, or the end of its
                                  parent
          2                       usage error
          5                       cannot listen
        """
}

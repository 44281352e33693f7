import FoundationEssentials
import HTTP
import Measurement

/// Reads the ledger of a receiver, if it keeps one.
final class LedgerClient {
    /// Why a ledger could not be read.
    enum Failure: Error, CustomStringConvertible {
        /// The receiver did not answer.
        case unreachable(String)
        /// The receiver answered with a status that is no ledger: it does not offer one.
        case notOffered(status: Int)
        /// The receiver answered with something that is not a ledger of a known version.
        case malformed(String)

        var description: String {
            switch self {
            case .unreachable(let reason): "the receiver does not answer: \(reason)"
            case .notOffered(let status): "the receiver offers no ledger (/bench/ledger answered \(status))"
            case .malformed(let reason): "the receiver's ledger cannot be read: \(reason)"
            }
        }
    }

    private let client: HTTPClient
    private let runID: String

    /// - Parameters:
    ///   - endpoint: The receiver; its path is ignored, ledgers live at the root.
    ///   - runID: The run that is asked about; letters, digits and hyphens.
    init(endpoint: HTTPEndpoint, runID: String) {
        var settings = HTTPClientConfiguration()
        settings.connectTimeoutNanoseconds = 2_000_000_000
        settings.requestTimeoutNanoseconds = 5_000_000_000
        settings.maximumResponseBodyBytes = 64 << 20
        client = HTTPClient(endpoint: HTTPEndpoint(host: endpoint.host, port: endpoint.port), configuration: settings)
        self.runID = runID
    }

    /// The account of the run so far.
    func snapshot() throws(Failure) -> LedgerSnapshot {
        let response = try exchange("GET", "/bench/ledger?run=\(runID)")
        guard response.status == 200 else { throw .notOffered(status: response.status) }
        let snapshot: LedgerSnapshot
        do {
            snapshot = try JSONDecoder().decode(LedgerSnapshot.self, from: Data(response.body))
        } catch {
            throw .malformed("\(error)")
        }
        guard snapshot.version == LedgerSnapshot.version else {
            throw .malformed("it has version \(snapshot.version), this bench reads \(LedgerSnapshot.version)")
        }
        return snapshot
    }

    /// What has arrived of the current phase.
    struct Arrivals: Decodable, Equatable {
        /// Different items so far.
        var distinct: UInt64
        /// How old they were that came since the last question; nil if none came, or nobody knows.
        var freshness: HistogramSnapshot?

        private enum CodingKeys: String, CodingKey {
            case distinct
            case freshness = "freshness_since_last"
        }
    }

    /// How much of the current phase has arrived so far.
    ///
    /// Asks for the sums alone; a receiver that does not know of them answers with its whole account, of which they are
    /// a part.
    func arrivals() throws(Failure) -> Arrivals {
        struct Counts: Decodable { var phase: Arrivals }
        let response = try exchange("GET", "/bench/ledger?run=\(runID)&view=counts&freshness=since_last")
        guard response.status == 200 else { throw .notOffered(status: response.status) }
        do {
            return try JSONDecoder().decode(Counts.self, from: Data(response.body)).phase
        } catch {
            throw .malformed("\(error)")
        }
    }

    /// Tells the receiver what the run is to be checked for.
    ///
    /// - Parameters:
    ///   - tenants: How many clients the run has; nil for one that names none.
    ///   - canary: The word that all planted secrets contain; nil where none is planted.
    /// - Throws: `Failure` if the receiver does not check for it or does not answer.
    func expect(tenants: Int?, canary: String?) throws(Failure) {
        let terms = [tenants.map { "tenants=\($0)" }, canary.map { "canary=\(Self.percentEncoded($0))" }]
            .compactMap(\.self)
        guard !terms.isEmpty else { return }
        let response = try exchange("POST", "/bench/run?run=\(runID)&\(terms.joined(separator: "&"))")
        guard (200..<300).contains(response.status) else { throw .notOffered(status: response.status) }
    }

    /// Begins a phase: what arrives from now on counts in the ledger's `phase`.
    ///
    /// - Parameter name: The phase, percent-encoded by this call.
    /// - Throws: `Failure` if the receiver keeps no ledger or does not answer.
    func beginPhase(_ name: String) throws(Failure) {
        let response = try exchange("POST", "/bench/phase?run=\(runID)&name=\(Self.percentEncoded(name))")
        guard (200..<300).contains(response.status) else { throw .notOffered(status: response.status) }
    }

    private func exchange(_ method: String, _ path: String) throws(Failure) -> HTTPResponse {
        do {
            return try client.send(method: method, path: path, headers: HTTPHeaders(), body: [])
        } catch {
            throw .unreachable("\(error)")
        }
    }

    /// Everything but unreserved characters encoded (RFC 3986, section 2.3).
    static func percentEncoded(_ text: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { result, byte in
            let scalar = UnicodeScalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || (48...57).contains(byte) || "-._~".contains(Character(scalar))
            {
                result.append(Character(scalar))
            } else {
                result += "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])"
            }
        }
    }
}

import HTTP
import OTLP

/// How a request is encoded, and so its answer.
///
/// "The server MUST use the same "Content-Type" in the response as it received in the request."
/// https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
internal enum OTLPAnswerFormat {
    /// Binary protobuf.
    case protobuf
    /// JSON.
    case json

    /// The format of a request; nil when it is neither.
    init?(of head: HTTPRequestHead) {
        if head.headers.hasMediaType(OTLPHTTP.protobufContentType) {
            self = .protobuf
        } else if head.headers.hasMediaType(OTLPHTTP.jsonContentType) {
            self = .json
        } else {
            return nil
        }
    }

    private var headers: HTTPHeaders {
        ["Content-Type": self == .json ? OTLPHTTP.jsonContentType : OTLPHTTP.protobufContentType]
    }

    /// Full success: an `Export…ServiceResponse` without fields.
    var success: HTTPResponse {
        HTTPResponse(status: 200, headers: headers, body: self == .json ? Array("{}".utf8) : [])
    }

    /// An answer that rejects items: an `Export…ServiceResponse` with `partial_success`.
    func partialSuccess(_ signal: OTLPSignal, rejected: Int) -> HTTPResponse {
        let answer = ExportLogsResponse(rejected: rejected, errorMessage: "a fault that was asked for")
        return HTTPResponse(
            status: 200,
            headers: headers,
            body: self == .json ? answer.encodedJSON(for: signal) : answer.encoded()
        )
    }

    /// An error answer: a `google.rpc.Status`.
    func failure(_ status: Int, _ message: String) -> HTTPResponse {
        let body = RPCStatus(message: message)
        return HTTPResponse(
            status: status,
            headers: headers,
            body: self == .json ? body.encodedJSON() : body.encoded()
        )
    }
}

import CLinux
import Glibc

/// A system call that failed: which, with which `errno`, on what.
package struct SystemError: Error, Equatable, Sendable {
    /// The `errno` value right after the call.
    package let code: Int32

    /// The call's name, such as `connect`.
    package let call: String

    /// What the call was about, such as a path or an address; nil where the call says enough.
    package let subject: String?

    /// The reason where `errno` has no words for it, as with the resolver's own codes; nil otherwise.
    package let explanation: String?

    /// An error of a call that returned its code, or of a condition that has an `errno` value of its own.
    package init(code: Int32, call: String, subject: String? = nil, explanation: String? = nil) {
        self.code = code
        self.call = call
        self.subject = subject
        self.explanation = explanation
    }

    /// The reason in the system's words, beginning in lower case: `address already in use`.
    package var reason: String {
        if let explanation {
            return explanation
        }
        guard let text = strerrordesc_np(code) else {
            return "unknown error \(code)"
        }
        return String(cString: text).loweringFirstLetter
    }

    /// Whether a deadline passed: `ETIMEDOUT`.
    package var isTimeout: Bool {
        code == ETIMEDOUT
    }

    /// Whether nobody reads what was written: `EPIPE`.
    package var isBrokenPipe: Bool {
        code == EPIPE
    }

    /// Whether there is something already where a new one was to be: `EEXIST`.
    package var isAlreadyThere: Bool {
        code == EEXIST
    }

    /// Captures `errno`.
    ///
    /// It must be called straight after the failed call, before anything that may change it.
    @inline(never)
    static func last(_ call: String, _ subject: String? = nil) -> SystemError {
        SystemError(code: errno, call: call, subject: subject)
    }
}

extension SystemError: CustomStringConvertible {
    /// `connect 127.0.0.1:4318: connection refused (errno 111)`.
    package var description: String {
        let target = subject.map { " \($0)" } ?? ""
        return "\(call)\(target): \(reason) (errno \(code))"
    }
}

extension String {
    /// The text with its first letter in lower case, unless it begins with an abbreviation such as `RPC`.
    var loweringFirstLetter: String {
        guard let first, !dropFirst().prefix(1).allSatisfy(\.isUppercase) else {
            return self
        }
        return first.lowercased() + dropFirst()
    }
}

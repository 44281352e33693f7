import CLinux
import Glibc

extension ChildProcess {
    /// What is to be started, in values that can be handed to the thread that forks.
    struct Description: Sendable {
        let executable: String
        let arguments: [String]
        let environment: [String: String]?
        let workingDirectory: String?
        /// The child's standard input, output and error as descriptors of this process.
        let streams: [Int32]
        /// Where the child reports a failure.
        let report: Int32

        /// Forks and executes.
        ///
        /// Called on the spawner's thread.
        func fork() -> Result<pid_t, SystemError> {
            // All memory is allocated before the fork: afterwards the child must not.
            let arguments = CStrings([executable] + arguments)
            let variables = environment.map { environment in
                CStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
            }
            defer {
                arguments.deallocate()
                variables?.deallocate()
            }
            return executable.withCString { path in
                withOptionalCString(workingDirectory) { directory in
                    var plan = clinux_child_plan(
                        executable: path,
                        arguments: arguments.pointer,
                        environment: (variables?.pointer).map { UnsafePointer($0) } ?? clinux_environment(),
                        working_directory: directory,
                        standard_input: streams[0],
                        standard_output: streams[1],
                        standard_error: streams[2]
                    )
                    let child = clinux_start_child(&plan, report)
                    return child > 0 ? .success(child) : .failure(SystemError.last("fork"))
                }
            }
        }

        /// The error behind the child's report.
        func failure(_ report: clinux_child_report) -> SystemError {
            let step = clinux_child_step(rawValue: UInt32(clamping: report.step))
            return switch step {
            case clinux_child_step_setpgid: SystemError(code: report.code, call: "setpgid")
            case clinux_child_step_prctl: SystemError(code: report.code, call: "prctl", subject: "PR_SET_PDEATHSIG")
            case clinux_child_step_dup2: SystemError(code: report.code, call: "dup2")
            case clinux_child_step_chdir: SystemError(code: report.code, call: "chdir", subject: workingDirectory)
            default: SystemError(code: report.code, call: "execve", subject: executable)
            }
        }
    }

    /// A null-terminated array of C strings.
    private struct CStrings {
        let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
        private let count: Int

        init(_ texts: [String]) {
            count = texts.count
            pointer = .allocate(capacity: count + 1)
            for (index, text) in texts.enumerated() {
                pointer.advanced(by: index).initialize(to: strdup(text))
            }
            pointer.advanced(by: count).initialize(to: nil)
        }

        func deallocate() {
            for index in 0..<count {
                free(pointer[index])
            }
            pointer.deallocate()
        }
    }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else {
        return body(nil)
    }
    return text.withCString(body)
}

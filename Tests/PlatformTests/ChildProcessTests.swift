import Foundation
import Platform
import TestSupport
import Testing

@Suite struct ChildProcessTests {
    /// Runs a shell script to its end and returns what it wrote.
    private func run(
        _ script: String,
        environment: [String: String]? = nil,
        workingDirectory: String? = nil
    ) throws -> (output: String, errors: String, exit: ChildProcess.Exit?) {
        let child = try ChildProcess.start(
            executable: "/bin/sh",
            arguments: ["-c", script],
            environment: environment,
            workingDirectory: workingDirectory,
            standardInput: .null
        )
        let output = try readAll(#require(child.standardOutput))
        let errors = try readAll(#require(child.standardError))
        return (output, errors, child.wait(deadline: Waiting.deadline()))
    }

    private func readAll(_ descriptor: Int32) throws -> String {
        let reader = LineReader(descriptor: descriptor)
        var text = ""
        while case .line(let line) = try reader.next(deadline: Waiting.deadline()) {
            text += String(decoding: line, as: UTF8.self) + "\n"
        }
        #expect(reader.isAtEnd)
        return text
    }

    @Test func outputErrorsAndStatus() throws {
        let (output, errors, exit) = try run("echo one; echo two >&2; exit 7")
        #expect(output == "one\n")
        #expect(errors == "two\n")
        #expect(exit == .status(7))
    }

    @Test("arguments arrive as they are, and no shell sees them")
    func arguments() throws {
        let child = try ChildProcess.start(
            executable: "/usr/bin/printf",
            arguments: ["%s|", "a b", "", "$HOME", "'\"", "ä"],
            standardInput: .null
        )
        #expect(try readAll(#require(child.standardOutput)) == "a b||$HOME|'\"|ä|\n")
    }

    @Test func environmentAndWorkingDirectory() throws {
        let (output, _, exit) = try run(
            "echo \"$ONE-$TWO-$HOME\"; pwd",
            environment: ["ONE": "1", "TWO": "x=y", "PATH": "/usr/bin:/bin"],
            workingDirectory: "/usr"
        )
        #expect(output == "1-x=y-\n/usr\n")
        #expect(exit == .status(0))
    }

    @Test("without an environment of its own a child has its parent's")
    func inheritedEnvironment() throws {
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        #expect(try run("echo \"$PATH\"").output == "\(path)\n")
    }

    @Test("what is written arrives, and closing the input ends the child")
    func conversation() throws {
        let child = try ChildProcess.start(executable: "/bin/cat")
        let reader = LineReader(descriptor: try #require(child.standardOutput))
        for line in ["first", "second"] {
            try child.write(Array("\(line)\n".utf8), deadline: Waiting.deadline())
            #expect(try reader.next(deadline: Waiting.deadline()) == .line(Array(line.utf8)))
        }
        #expect(child.isRunning)
        #expect(child.wait(deadline: 0) == nil)
        child.closeInput()
        #expect(try reader.next(deadline: Waiting.deadline()) == .endOfFile)
        #expect(child.wait(deadline: Waiting.deadline()) == .status(0))
        #expect(!child.isRunning)
        #expect(!child.kill(SIGKILL))
        let error = #expect(throws: SystemError.self) { try child.write([1], deadline: 0) }
        #expect(error?.code == EBADF)
    }

    @Test("a child that does not read makes a write end at its deadline")
    func writeDeadline() throws {
        let child = try ChildProcess.start(executable: "/bin/sleep", arguments: ["600"])
        let error = #expect(throws: SystemError.self) {
            try child.write([UInt8](repeating: 0, count: 4 << 20), deadline: MonotonicClock.deadline(after: 1_000_000))
        }
        #expect(error?.isTimeout == true)
        #expect(child.terminate(deadline: Waiting.deadline()) == .signal(SIGTERM))
    }

    @Test("a write to a child that has closed its input is an error and no signal")
    func brokenPipe() async {
        // In a process where SIGPIPE is fatal.
        await #expect(processExitsWith: .exitCode(7)) {
            signal(SIGPIPE, SIG_DFL)
            let child = try ChildProcess.start(executable: "/bin/true")
            _ = child.wait(deadline: Waiting.deadline())
            do throws(SystemError) {
                try child.write(Array(repeating: 0, count: 100), deadline: Waiting.deadline())
            } catch {
                // A signal that had stayed pending would come when the mask is set again.
                exit(error.code == EPIPE ? 7 : 1)
            }
        }
    }

    @Test("what cannot be executed is an error that names it")
    func missing() throws {
        let missing = #expect(throws: SystemError.self) { try ChildProcess.start(executable: "/no/such/file") }
        #expect(missing?.description == "execve /no/such/file: no such file or directory (errno 2)")
        let folder = #expect(throws: SystemError.self) { try ChildProcess.start(executable: "/usr") }
        #expect(folder?.code == EACCES)
        let nowhere = #expect(throws: SystemError.self) {
            try ChildProcess.start(executable: "/bin/true", workingDirectory: "/no/such/folder")
        }
        #expect(nowhere?.description == "chdir /no/such/folder: no such file or directory (errno 2)")
    }

    @Test("a child killed by a signal says which")
    func killed() throws {
        let child = try ChildProcess.start(executable: "/bin/cat")
        #expect(child.kill(SIGKILL))
        #expect(child.wait(deadline: Waiting.deadline()) == .signal(SIGKILL))
    }

    @Test("a child that ignores SIGTERM is killed after the deadline")
    func terminate() throws {
        let child = try ChildProcess.start(
            executable: "/bin/sh",
            arguments: ["-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"]
        )
        let reader = LineReader(descriptor: try #require(child.standardOutput))
        #expect(try reader.next(deadline: Waiting.deadline()) == .line(Array("ready".utf8)))
        #expect(child.terminate(deadline: MonotonicClock.deadline(after: 10_000_000)) == .signal(SIGKILL))
    }

    @Test("a child has three descriptors, default signals and a group of its own")
    func surroundings() throws {
        // SIGPIPE ignored here is not ignored there: sh would survive it otherwise.
        try Signals.ignore(SIGPIPE)
        #expect(try run("kill -PIPE $$; echo survived").exit == .signal(SIGPIPE))
        let child = try ChildProcess.start(executable: "/bin/cat")
        #expect(getpgid(child.processID) == child.processID)
        let probe = try ProcessProbe(processID: child.processID)
        #expect(try Waiting.until { try probe.openDescriptors() == 3 })
    }

    @Test("nobody waits for it, and yet it does not stay a zombie")
    func noZombie() throws {
        let child = try ChildProcess.start(executable: "/bin/true")
        #expect(Waiting.until { kill(child.processID, 0) != 0 && errno == ESRCH })
    }

    @Test("releasing the object kills the process")
    func release() throws {
        var child: ChildProcess? = try ChildProcess.start(executable: "/bin/sleep", arguments: ["600"])
        let processID = try #require(child).processID
        child = nil
        #expect(Waiting.until { kill(processID, 0) != 0 && errno == ESRCH })
    }

    @Test("what a child leaves running in its group ends with it")
    func grandchild() throws {
        let child = try ChildProcess.start(executable: "/bin/sh", arguments: ["-c", "sleep 600 & echo $!; exit 0"])
        let reader = LineReader(descriptor: try #require(child.standardOutput))
        guard case .line(let line) = try reader.next(deadline: Waiting.deadline()) else {
            Issue.record("no process id")
            return
        }
        let grandchild = try #require(Int32(String(decoding: line, as: UTF8.self)))
        #expect(child.wait(deadline: Waiting.deadline()) == .status(0))
        #expect(try Waiting.until { try hasEnded(grandchild) })
    }

    /// Whether a process that is not our child has ended: gone, or a zombie that its new parent has not noticed.
    private func hasEnded(_ processID: Int32) throws -> Bool {
        do {
            let probe = try ProcessProbe(processID: processID)
            return try probe.stat().state == .zombie
        } catch let error as SystemError where error.code == ENOENT {
            return true
        } catch ProcReadError.system(let error) where error.code == ESRCH {
            return true
        }
    }

    @Test("a child dies with its parent, however that ends, and not with the thread that started it")
    func parentDeath() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("pid")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let child = Shared<ChildProcess?>(nil)
            try PlatformThread.start(name: "short-lived") {
                child.set(try? ChildProcess.start(executable: "/bin/sleep", arguments: ["600"], standardError: .null))
            }.join()
            let processID = try #require(child.get()).processID
            // The thread has ended for good; a child that depended on it would be gone within this time.
            #expect(child.get()?.wait(deadline: MonotonicClock.deadline(after: 100_000_000)) == nil)
            try "\(processID)".write(toFile: path, atomically: true, encoding: .utf8)
            kill(getpid(), SIGKILL)
        }
        let processID = try #require(Int32(String(decoding: try folder.read("pid"), as: UTF8.self)))
        #expect(try Waiting.until { try hasEnded(processID) })
    }

    @Test("many children at once, from several threads, all accounted for")
    func many() throws {
        let exits = Shared<[ChildProcess.Exit?]>([])
        let threads = try (0..<4).map { thread in
            try PlatformThread.start(name: "many-\(thread)") {
                for index in 0..<10 {
                    let script = "exit \(thread * 10 + index)"
                    let child = try? ChildProcess.start(executable: "/bin/sh", arguments: ["-c", script])
                    let exit = child?.wait(deadline: Waiting.deadline())
                    exits.update { $0.append(exit) }
                }
            }
        }
        for thread in threads {
            #expect(thread.join(untilMonotonic: Waiting.deadline()))
        }
        let statuses = exits.get().compactMap { exit -> Int32? in
            guard case .status(let status) = exit else { return nil }
            return status
        }
        #expect(statuses.sorted() == Array(0..<40))
    }

    @Test func executablePaths() throws {
        let current = try ExecutablePath.current()
        #expect(current.hasPrefix("/"))
        #expect(FileManager.default.isExecutableFile(atPath: current))
        #expect(try ExecutablePath.sibling("x") == current[...current.lastIndex(of: "/")!] + "x")
        #expect(ExecutablePath.search("sh")?.hasSuffix("/sh") == true)
        #expect(ExecutablePath.search("no-such-program-here") == nil)
        #expect(ExecutablePath.search("/bin/sh") == "/bin/sh")
        #expect(ExecutablePath.search("/no/such/file") == nil)
    }
}

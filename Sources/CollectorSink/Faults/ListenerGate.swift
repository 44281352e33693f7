import HTTP
import Platform

/// Closes and opens a server's listener when faults ask for it, on a thread of its own.
internal final class ListenerGate: Sendable {
    private let thread: PlatformThread
    private let board: FaultBoard

    /// Begins to follow the board.
    ///
    /// Throws `SystemError` when there can be no more threads.
    internal init(board: FaultBoard, server: HTTPServer) throws(SystemError) {
        self.board = board
        thread = try PlatformThread.start(name: "sink-gate") {
            while let isToClose = board.nextListenerState() {
                if isToClose {
                    server.suspend()
                    board.listenerFollowed(isClosed: true)
                } else {
                    Self.open(server, board)
                }
            }
        }
    }

    private static func open(_ server: HTTPServer, _ board: FaultBoard) {
        do throws(SystemError) {
            try server.resume()
            board.listenerFollowed(isClosed: false)
        } catch {
            // Somebody else has the port at the moment.
            board.listenerFollowed(isClosed: true, trouble: "cannot listen again: \(error); free the port")
            Sleep.for(nanoseconds: 20_000_000)
        }
    }

    /// Ends the thread and waits for it.
    internal func stop() {
        board.stop()
        thread.join()
    }
}

import LoadEngine
import TelemetryURLSession
import WorkerSystems

WorkerMain.run(systems: HostedSystems.factories(secureTransport: .urlSession))

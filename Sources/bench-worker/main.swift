import LoadEngine
import WorkerSystems

WorkerMain.run(systems: HostedSystems.factories())

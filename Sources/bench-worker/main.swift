import LoadEngine

WorkerMain.run(systems: [TelemetrySDKSystem.factory, NullSystem.factory])

// swift-tools-version: 6.3

import PackageDescription

let package = Package(
    name: "telemetry-bench",
    products: [
        .library(name: "Telemetry", targets: ["Telemetry"]),
        .library(name: "TelemetryURLSession", targets: ["TelemetryURLSession"]),
        .library(name: "LoadEngine", targets: ["LoadEngine"]),
        .executable(name: "bench", targets: ["bench"]),
        .executable(name: "bench-compare", targets: ["bench-compare"]),
        .executable(name: "bench-worker", targets: ["bench-worker"]),
        .executable(name: "bench-worker-tls", targets: ["bench-worker-tls"]),
        .executable(name: "bench-sink", targets: ["bench-sink"]),
    ],
    targets: [
        // System libraries.
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // Foundations.
        .target(name: "Platform", dependencies: ["CLinux"]),
        .target(name: "Compression", dependencies: ["CZlib"]),
        .target(name: "HarnessCore"),
        .target(name: "HTTP", dependencies: ["Platform"]),
        .target(name: "OTLP"),

        // The system under test.
        .target(name: "Telemetry", dependencies: ["Compression", "HTTP", "OTLP", "Platform"]),
        .target(name: "TelemetryURLSession", dependencies: ["Telemetry"]),

        // The harness.
        .target(name: "Measurement", dependencies: ["Compression", "HarnessCore"]),
        .target(name: "LoadEngine", dependencies: ["HarnessCore", "Measurement", "Platform"]),
        .target(
            name: "CollectorSink",
            dependencies: ["Compression", "HTTP", "HarnessCore", "Measurement", "OTLP", "Platform"]
        ),
        .target(name: "Results", dependencies: ["HarnessCore", "Measurement"]),
        .target(
            name: "RunControl",
            dependencies: ["HTTP", "HarnessCore", "LoadEngine", "Platform", "Results", "Measurement"]
        ),
        .target(name: "CommandLineKit", dependencies: ["HarnessCore", "Platform"]),
        .target(
            name: "WorkerSystems",
            dependencies: ["Compression", "HTTP", "HarnessCore", "LoadEngine", "OTLP", "Platform", "Telemetry"]
        ),

        // Seeded trials of the SDK and the sink in one process.
        .target(
            name: "Trials",
            dependencies: ["CollectorSink", "Compression", "HTTP", "HarnessCore", "OTLP", "Platform", "Telemetry"]
        ),

        // The tools.
        .executableTarget(
            name: "bench",
            dependencies: [
                "CommandLineKit", "HarnessCore", "LoadEngine", "Measurement", "Platform", "Results", "RunControl",
            ]
        ),
        .executableTarget(
            name: "bench-compare",
            dependencies: ["CommandLineKit", "HarnessCore", "Platform", "Results"]
        ),
        .executableTarget(name: "bench-worker", dependencies: ["LoadEngine", "WorkerSystems"]),
        // Foundation's networking costs memory that only an https:// endpoint is to pay for.
        .executableTarget(
            name: "bench-worker-tls",
            dependencies: ["LoadEngine", "TelemetryURLSession", "WorkerSystems"]
        ),
        .executableTarget(
            name: "bench-sink",
            dependencies: ["CollectorSink", "CommandLineKit", "HarnessCore", "Platform"]
        ),
        .executableTarget(
            name: "bench-micro",
            dependencies: [
                "CollectorSink", "CommandLineKit", "HTTP", "HarnessCore", "Measurement", "OTLP", "Platform",
                "Results", "Telemetry", "Trials",
            ]
        ),

        // Tests.
        .target(name: "TestSupport", dependencies: ["HarnessCore", "Platform"], path: "Tests/TestSupport"),
        .testTarget(
            name: "PlatformTests",
            dependencies: ["HarnessCore", "Platform", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(name: "CompressionTests", dependencies: ["Compression"]),
        .testTarget(name: "HarnessCoreTests", dependencies: ["HarnessCore"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "HarnessCore", "Platform", "TestSupport"]),
        .testTarget(
            name: "OTLPTests",
            dependencies: ["HarnessCore", "OTLP", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "TelemetryTests",
            dependencies: ["Compression", "HTTP", "HarnessCore", "OTLP", "Platform", "Telemetry", "TestSupport"]
        ),
        .testTarget(
            name: "TelemetryURLSessionTests",
            dependencies: ["HTTP", "Platform", "Telemetry", "TelemetryURLSession", "TestSupport"]
        ),
        .testTarget(
            name: "MeasurementTests",
            dependencies: ["HarnessCore", "Measurement", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "LoadEngineTests",
            dependencies: ["LoadEngine", "HarnessCore", "Measurement", "Platform", "TestSupport"]
        ),
        .testTarget(
            name: "CollectorSinkTests",
            dependencies: [
                "CollectorSink", "Compression", "HTTP", "HarnessCore", "Measurement", "OTLP", "Platform", "TestSupport",
                "Trials",
                "bench-sink",
            ]
        ),
        .testTarget(name: "TrialsTests", dependencies: ["HarnessCore", "Platform", "TestSupport", "Trials"]),
        .testTarget(
            name: "ResultsTests",
            dependencies: ["HarnessCore", "Measurement", "Results", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "WorkerSystemsTests",
            dependencies: [
                "CollectorSink", "Compression", "HTTP", "LoadEngine", "OTLP", "Platform", "TestSupport",
                "WorkerSystems",
            ]
        ),
        .testTarget(
            name: "RunControlTests",
            dependencies: [
                "HTTP", "HarnessCore", "LoadEngine", "Measurement", "Platform", "Results", "RunControl", "TestSupport",
            ]
        ),
        .testTarget(name: "CommandLineKitTests", dependencies: ["CommandLineKit", "HarnessCore"]),
        .testTarget(
            name: "BenchCompareTests",
            dependencies: ["CommandLineKit", "HarnessCore", "Measurement", "Results", "bench-compare"]
        ),
        .testTarget(
            name: "BenchTests",
            dependencies: ["CommandLineKit", "HarnessCore", "LoadEngine", "RunControl", "bench"]
        ),
        .testTarget(
            name: "InteropTests",
            dependencies: ["CollectorSink", "Compression", "HTTP", "Measurement", "Platform"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(name: "ProfilesTests", dependencies: ["HarnessCore", "LoadEngine", "Results"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "HTTP", "HarnessCore", "Measurement", "Platform", "Results", "RunControl", "TestSupport", "bench",
                "bench-compare", "bench-micro", "bench-sink", "bench-worker", "bench-worker-tls",
            ]
        ),
    ]
)

let settings: [SwiftSetting] = [
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0470-isolated-conformances.md
    .enableUpcomingFeature("InferIsolatedConformances"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0481-weak-let.md
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0443-warning-control-flags.md
    .treatAllWarnings(as: .error),
]
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}

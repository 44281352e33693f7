// swift-tools-version: 6.3

import PackageDescription

let package = Package(
    name: "telemetry-bench",
    products: [
        .library(name: "Telemetry", targets: ["Telemetry"]),
        .library(name: "LoadEngine", targets: ["LoadEngine"]),
        .executable(name: "bench", targets: ["bench"]),
        .executable(name: "bench-compare", targets: ["bench-compare"]),
        .executable(name: "bench-worker", targets: ["bench-worker"]),
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
        .target(name: "Telemetry", dependencies: ["HTTP", "OTLP", "Platform"]),

        // The harness.
        .target(name: "Measurement", dependencies: ["Compression"]),
        .target(name: "LoadEngine", dependencies: ["HarnessCore", "Measurement", "Platform"]),
        .target(name: "CollectorSink", dependencies: ["HTTP", "HarnessCore", "Measurement", "OTLP", "Platform"]),
        .target(name: "Results", dependencies: ["HarnessCore", "Measurement"]),
        .target(
            name: "RunControl",
            dependencies: ["HTTP", "HarnessCore", "LoadEngine", "Platform", "Results", "Measurement"]
        ),
        .target(name: "CommandLineKit", dependencies: ["HarnessCore", "Platform"]),

        // The tools.
        .executableTarget(
            name: "bench",
            dependencies: [
                "CommandLineKit", "HTTP", "HarnessCore", "LoadEngine", "Platform", "Results", "RunControl",
            ]
        ),
        .executableTarget(name: "bench-compare", dependencies: ["CommandLineKit", "HarnessCore", "Results"]),
        .executableTarget(name: "bench-worker", dependencies: ["LoadEngine", "Telemetry"]),
        .executableTarget(
            name: "bench-sink",
            dependencies: ["CollectorSink", "CommandLineKit", "HarnessCore", "Platform"]
        ),
        .executableTarget(
            name: "bench-micro",
            dependencies: [
                "CollectorSink", "CommandLineKit", "HTTP", "HarnessCore", "Measurement", "OTLP", "Platform",
            ]
        ),

        // Tests.
        .target(name: "TestSupport", dependencies: ["Platform"], path: "Tests/TestSupport"),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"], resources: [.copy("Fixtures")]),
        .testTarget(name: "CompressionTests", dependencies: ["Compression"]),
        .testTarget(name: "HarnessCoreTests", dependencies: ["HarnessCore"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "Platform", "TestSupport"]),
        .testTarget(name: "OTLPTests", dependencies: ["OTLP", "TestSupport"], resources: [.copy("Fixtures")]),
        .testTarget(name: "TelemetryTests", dependencies: ["HTTP", "OTLP", "Platform", "Telemetry", "TestSupport"]),
        .testTarget(
            name: "MeasurementTests",
            dependencies: ["Measurement", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "LoadEngineTests",
            dependencies: ["LoadEngine", "HarnessCore", "Measurement", "Platform", "TestSupport"]
        ),
        .testTarget(
            name: "CollectorSinkTests",
            dependencies: [
                "CollectorSink", "HTTP", "HarnessCore", "Measurement", "OTLP", "Platform", "TestSupport", "bench-sink",
            ]
        ),
        .testTarget(
            name: "ResultsTests",
            dependencies: ["HarnessCore", "Measurement", "Results"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(name: "CommandLineKitTests", dependencies: ["CommandLineKit", "HarnessCore"]),
        .testTarget(
            name: "BenchCompareTests",
            dependencies: ["CommandLineKit", "HarnessCore", "Measurement", "Results", "bench-compare"]
        ),
        .testTarget(name: "ProfilesTests", dependencies: ["HarnessCore", "LoadEngine", "Results"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "HTTP", "Measurement", "Platform", "Results", "TestSupport", "bench", "bench-compare", "bench-sink",
                "bench-worker",
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

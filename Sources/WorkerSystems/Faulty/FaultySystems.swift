import LoadEngine

/// The system `faulty`: another one behind planted defects.
enum FaultySystems {
    /// All defects, in the order of the help.
    static let catalogue: [any PlantedDefect.Type] = [
        StallDefect.self, SlowDefect.self, BlockDefect.self, DropDefect.self, DuplicateDefect.self,
        TruncateDefect.self, WrongRunDefect.self, WrongTenantDefect.self, CanaryDefect.self,
        ReverseTimestampsDefect.self, NothingDefect.self,
        SwapCountersDefect.self, DoubleCountDefect.self, LyingFlushDefect.self, LeakDefect.self, IgnoreDefect.self,
    ]

    /// A way to make faulty systems.
    ///
    /// - Parameter bases: the systems that defects can be planted in; the first is taken unless `base=` names another.
    /// - Returns: the systems under the name `faulty`.
    static func factory(over bases: [SystemFactory]) -> SystemFactory {
        let base = SystemFactory.Variant(
            usage: "\(DefectList.baseKey)=\(bases.map(\.name).joined(separator: "|"))",
            explanation: "The system below (default: \(bases[0].name)). "
                + "Several defects may stand in a row: faulty:drop=1/100,slow=50us."
        )
        return SystemFactory(
            name: "faulty",
            explanation: "Another system behind planted defects, to prove that the harness notices them.",
            variants: catalogue.map {
                SystemFactory.Variant(
                    usage: $0.manual.usage,
                    explanation: "\($0.manual.explanation) (\($0.manual.place.rawValue))"
                )
            } + [base]
        ) { configuration throws(SystemConfigurationError) in
            let list = try DefectList(configuration.variant, catalogue: catalogue, bases: bases.map(\.name))
            var make: DefectSite.Maker = bases[0].make
            for factory in bases where factory.name == list.base { make = factory.make }
            for defect in list.defects {
                let inner = make
                make = { configuration throws(SystemConfigurationError) in
                    try defect.plant(in: DefectSite(configuration: configuration, make: inner))
                }
            }
            var plain = configuration
            plain.variant = nil
            return try make(plain)
        }
    }
}

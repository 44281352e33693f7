import Foundation
package import HarnessCore

/// The part of JSON Schema 2020-12 that our schema uses, with members that the schema does not name as problems.
package struct SchemaCheck {
    private let root: JSONValue

    /// Takes a schema; it is trusted to be one.
    package init(_ root: JSONValue) {
        self.root = root
    }

    /// What of a document does not fit, each a clause with its path; empty if all fits.
    package func problems(of value: JSONValue) -> [String] {
        check(value, root, "")
    }

    private func check(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        let name = path.isEmpty ? "" : path + " "
        if let reference = schema["$ref"]?.stringValue {
            guard let target = root["$defs"]?[String(reference.dropFirst("#/$defs/".count))] else {
                return ["\(name)refers to \(reference), which does not exist"]
            }
            return check(value, target, path)
        }
        if case .array(let allowed) = schema["enum"], !allowed.contains(value) {
            return ["\(name)is none of the allowed values"]
        }
        if let type = schema["type"]?.stringValue, !Self.fits(value, type) {
            return ["\(name)is not of type \(type)"]
        }
        var problems: [String] = []
        if let pattern = schema["pattern"]?.stringValue, let text = value.stringValue,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            problems.append("\(name)does not fit \(pattern)")
        }
        if let minimum = schema["minimum"]?.doubleValue, let number = value.doubleValue, number < minimum {
            problems.append("\(name)is less than \(minimum)")
        }
        switch value {
        case .array(let values):
            guard let items = schema["items"] else { return problems }
            for (index, item) in values.enumerated() {
                problems += check(item, items, "\(path)[\(index)]")
            }
        case .object(let object): problems += members(object, schema, path)
        default: break
        }
        return problems
    }

    private func members(_ object: JSONObject, _ schema: JSONValue, _ path: String) -> [String] {
        let prefix = path.isEmpty ? "" : path + "."
        var problems: [String] = []
        if case .array(let required) = schema["required"] {
            for key in required.compactMap(\.stringValue) where object[key] == nil {
                problems.append("\(path.isEmpty ? "" : path + " ")has no \(key)")
            }
        }
        for member in object.members {
            if let known = schema["properties"]?[member.key] ?? schema["additionalProperties"] {
                problems += check(member.value, known, prefix + member.key)
            } else if schema["properties"] != nil {
                problems.append("\(prefix)\(member.key) is not in the schema")
            }
        }
        return problems
    }

    private static func fits(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("string", .string), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number),
            ("array", .array), ("object", .object):
            true
        default: false
        }
    }
}

import OTLP

/// Finds the borders between the encoded records of a batch: needed only when a batch must be split.
enum RecordBoundary {
    /// The offset of the record with a number, from 0.
    ///
    /// - Parameters:
    ///   - index: The record's number, at most the number of records.
    ///   - records: Encoded records, as a chunk holds them.
    ///   - format: How they are encoded.
    /// - Returns: Where the record begins, or the end of the last one.
    static func offset(of index: Int, in records: UnsafeRawBufferPointer, format: ProtocolFormat) -> Int {
        switch format {
        case .protobuf: protobufOffset(of: index, in: records)
        case .json: jsonOffset(of: index, in: records)
        }
    }

    private static func protobufOffset(of index: Int, in records: UnsafeRawBufferPointer) -> Int {
        var cursor = ProtobufCursor(records)
        do throws(OTLPDecodingError) {
            for _ in 0..<index where !cursor.isAtEnd {
                _ = try cursor.readTag()
                _ = try cursor.readMessage()
            }
        } catch {
            preconditionFailure("a chunk holds whole records: \(error)")
        }
        return cursor.offset
    }

    /// Counts the commas outside all braces and strings.
    private static func jsonOffset(of index: Int, in records: UnsafeRawBufferPointer) -> Int {
        var found = 0
        var depth = 0
        var offset = 0
        var isInString = false
        while offset < records.count, found < index {
            switch records[offset] {
            case UInt8(ascii: "\\") where isInString: offset += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case _ where isInString: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth == 0: found += 1
            default: break
            }
            offset += 1
        }
        return offset
    }
}

extension UnsafeMutableRawBufferPointer {
    /// The bytes of a message that begins with a tag of one byte and its length.
    var withoutTagAndLength: UnsafeRawBufferPointer {
        var start = 1
        while self[start] >= 0x80 { start += 1 }
        return UnsafeRawBufferPointer(rebasing: self[(start + 1)...])
    }
}

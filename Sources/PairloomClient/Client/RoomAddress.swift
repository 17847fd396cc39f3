/// A room on a server.
struct RoomAddress: Sendable, Hashable {
    let server: ServerAddress
    let room: String

    /// The path and the query of the upgrade request.
    func target(resuming resumption: Resumption?) -> String {
        let path = "/ws/\(Self.escaped(room))"
        guard let resumption else { return path }
        return "\(path)?session=\(Self.escaped(resumption.session))&revision=\(resumption.revision)"
    }

    /// Percent-encodes whatever has a meaning in a URL, or none (RFC 3986, section 2.3).
    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { escaped, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}

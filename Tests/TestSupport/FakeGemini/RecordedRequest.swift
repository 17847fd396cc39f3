/// A request as the script records it.
package struct RecordedRequest: Decodable, Sendable {
    package let method: String
    package let path: String
    /// By names in lower case.
    package let headers: [String: String]
    package let body: JSONValue
}

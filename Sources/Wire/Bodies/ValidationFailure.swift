package import NIOCore

/// What is wrong with the body of a request: all of it, in the order of the fields.
package struct ValidationFailure: Error, JSONBody, Hashable {
    package let issues: [ValidationIssue]

    package init(_ issues: [ValidationIssue]) {
        self.issues = issues
    }

    /// Writes `{"detail":[…]}`, as FastAPI answers with status 422.
    package func write(into buffer: inout ByteBuffer) {
        buffer.writeJSON(["detail": .array(issues.map(\.json))])
    }
}

/// One thing that is wrong with the body of a request, in the types and words of pydantic 2.
package struct ValidationIssue: Sendable, Hashable {
    /// What kind of problem it is, such as `missing`.
    package let type: String
    /// Where it is, such as `["body", "code"]`.
    package let location: [JSONValue]
    package let message: String
    /// What was found there, cut to what fits into a message.
    package let input: JSONValue
    /// The figures that the message speaks of.
    package let context: JSONObject?

    package init(
        _ type: String, at location: [JSONValue], _ message: String, input: JSONValue, context: JSONObject? = nil
    ) {
        self.type = type
        self.location = location
        self.message = message
        self.input = input.excerpt
        self.context = context
    }

    /// The issue as clients read it: `{"type","loc","msg","input"}`, and `"ctx"` if there is any.
    package var json: JSONValue {
        var object = JSONObject()
        object.append("type", .string(type))
        object.append("loc", .array(location))
        object.append("msg", .string(message))
        object.append("input", input)
        if let context { object.append("ctx", .object(context)) }
        return .object(object)
    }
}

extension ValidationIssue {
    /// The body is not JSON; `position` is in characters.
    static func invalidJSON(_ problem: JSONError.Problem, position: Int) -> ValidationIssue {
        ValidationIssue(
            "json_invalid", at: ["body", .integer(position)], "JSON decode error", input: [:],
            context: ["error": .string(problem.rawValue)])
    }

    /// Something is required and is not there.
    static func missing(at location: [JSONValue], input: JSONValue) -> ValidationIssue {
        ValidationIssue("missing", at: location, "Field required", input: input)
    }

    /// Something is no object where one has to be.
    static func notAnObject(at location: [JSONValue], input: JSONValue) -> ValidationIssue {
        let message = "Input should be a valid dictionary or object to extract fields from"
        return ValidationIssue("model_attributes_type", at: location, message, input: input)
    }

    /// A value of the right type will not do, for this reason.
    static func wrongValue(at location: [JSONValue], _ reason: String, input: JSONValue) -> ValidationIssue {
        ValidationIssue(
            "value_error", at: location, "Value error, \(reason)", input: input, context: ["error": .string(reason)])
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { Member($0.0, $0.1) })
    }
}

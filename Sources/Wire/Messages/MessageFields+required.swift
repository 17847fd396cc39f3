import CollabText

extension MessageFields {
    /// The whole number of a field, in ``WireNumber/range``.
    func integer(_ name: StaticString) throws(FieldProblem) -> Int {
        try required(name, integer(ifPresent: name))
    }

    /// The string of a field, of so many characters (Unicode scalars).
    func string(_ name: StaticString, length: ClosedRange<Int> = 0...(.max)) throws(FieldProblem) -> String {
        try required(name, string(ifPresent: name, length: length))
    }

    /// The text of a field; `limit` is in bytes of UTF-8.
    func document(_ name: StaticString, limit: Int = .max) throws(FieldProblem) -> TextBuffer {
        try required(name, document(ifPresent: name, limit: limit))
    }

    /// The text of a field, nil when it is missing; `limit` is in bytes of UTF-8.
    func document(ifPresent name: StaticString, limit: Int = .max) throws(FieldProblem) -> TextBuffer? {
        try units(ifPresent: name, limit: limit).map { TextBuffer(units: $0.units) }
    }

    /// The value that was read from a field that has to be there.
    func required<Value>(_ name: StaticString, _ value: Value?) throws(FieldProblem) -> Value {
        guard let value else { throw FieldProblem(at: name.description, "is missing") }
        return value
    }
}

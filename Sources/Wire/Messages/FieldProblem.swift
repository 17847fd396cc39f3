/// What is wrong with one field of a message.
struct FieldProblem: Error {
    let code: MessageErrorCode
    /// Where it is, such as `changes[3].to`.
    let path: String
    /// The rest of the sentence that begins with the field.
    let problem: String

    init(_ code: MessageErrorCode = .invalidMessage, at path: String, _ problem: String) {
        self.code = code
        self.path = path
        self.problem = problem
    }

    /// The problem as seen from the object around, in which `place` is the object that it was found in.
    func inside(_ place: String) -> FieldProblem {
        FieldProblem(code, at: path.isEmpty ? place : "\(place).\(path)", problem)
    }
}

extension MessageError {
    /// A refusal that names the field.
    init(_ problem: FieldProblem, editID: String? = nil) {
        self.init(problem.code, "The field \"\(problem.path)\" \(problem.problem).", editID: editID)
    }
}

extension MessageError {
    /// There is no message of this type; of a long name the beginning is told.
    static func unknownType(_ name: String) -> MessageError {
        let beginning = String(String.UnicodeScalarView(name.unicodeScalars.prefix(64)))
        return MessageError(.unknownType, "There is no message of type \"\(beginning)\".")
    }
}

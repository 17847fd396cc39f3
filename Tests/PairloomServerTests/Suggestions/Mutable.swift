/// A value that can be changed inside of an expectation, which takes constants alone.
final class Mutable<Value> {
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func callAsFunction<Result>(_ body: (inout Value) -> Result) -> Result {
        body(&value)
    }
}

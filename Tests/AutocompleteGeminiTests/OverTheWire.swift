import Testing

/// What is tested with a server on this machine: one test at a time, since threads and sockets are counted.
@Suite(.serialized, .timeLimit(.minutes(2))) struct OverTheWire {}

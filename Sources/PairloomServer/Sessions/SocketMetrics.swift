import Metrics

/// What is counted of the messages on WebSocket connections.
struct SocketMetrics: Sendable {
    let received = Counter(label: "pairloom_messages_received_total")
    let refused = Counter(label: "pairloom_messages_refused_total")
    /// Messages of an unknown type from clients that are not told so.
    let ignored = Counter(label: "pairloom_messages_ignored_total")
    let sent = Counter(label: "pairloom_messages_sent_total")
}

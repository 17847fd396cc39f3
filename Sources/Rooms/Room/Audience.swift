import NIOCore
import ProviderKit

/// The members of a room, gathered by event loop. Used on the room's loop alone.
///
/// A message goes to those who were there when it was said. Members on the room's own loop are reached at once. What goes
/// to another loop is gathered and handed over once in a turn of the room's loop, since waking a loop costs more than a
/// message.
final class Audience {
    private let home: any EventLoop
    private var locals: [any RoomMember] = []
    private var remotes: [RemoteGroup] = []
    /// The dialects that are spoken here, each once.
    private(set) var dialects: [any Dialect] = []

    init(home: any EventLoop) {
        self.home = home
    }

    func add(_ member: any RoomMember) {
        if member.eventLoop === home {
            locals.append(member)
        } else {
            let group = group(of: member.eventLoop)
            // What was said before goes to those who were there then.
            group.handOver()
            group.members.append(member)
        }
        if !dialects.contains(where: { $0 === member.dialect }) { dialects.append(member.dialect) }
    }

    func remove(_ member: any RoomMember) {
        if member.eventLoop === home {
            locals.removeAll { $0 === member }
        } else {
            group(of: member.eventLoop).members.removeAll { $0 === member }
        }
        let remaining = members
        dialects.removeAll { dialect in !remaining.contains { $0.dialect === dialect } }
    }

    /// The member of an id.
    func member(_ id: ClientID) -> (any RoomMember)? {
        members.first { $0.id == id }
    }

    /// Everyone, in no particular order.
    var members: [any RoomMember] { remotes.reduce(locals) { $0 + $1.members } }

    /// Sends a message to all who speak its dialect, but for one.
    func broadcast(
        _ message: ByteBuffer, as kind: MessageKind, in dialect: any Dialect, except author: (any RoomMember)?
    ) {
        let recipients = Recipients.speakers(of: dialect, except: author.map(ObjectIdentifier.init))
        for member in locals where recipients.include(member) { member.send(message, as: kind) }
        for group in remotes {
            enqueue(Delivery(message: message, kind: kind, recipients: recipients), for: group)
        }
    }

    /// Whether somebody but `author` speaks a dialect.
    func hasSpeaker(of dialect: any Dialect, except author: (any RoomMember)?) -> Bool {
        let recipients = Recipients.speakers(of: dialect, except: author.map(ObjectIdentifier.init))
        return locals.contains(where: recipients.include)
            || remotes.contains { $0.members.contains(where: recipients.include) }
    }

    /// Sends a message to one member, after all that was broadcast before.
    func send(_ message: ByteBuffer, as kind: MessageKind, to member: any RoomMember) {
        if member.eventLoop === home {
            member.send(message, as: kind)
        } else {
            let delivery = Delivery(message: message, kind: kind, recipients: .one(ObjectIdentifier(member)))
            enqueue(delivery, for: group(of: member.eventLoop))
        }
    }

    private func group(of loop: any EventLoop) -> RemoteGroup {
        if let group = remotes.first(where: { $0.loop === loop }) { return group }
        let group = RemoteGroup(loop: loop)
        remotes.append(group)
        return group
    }

    private func enqueue(_ delivery: Delivery, for group: RemoteGroup) {
        guard !group.members.isEmpty else { return }
        group.outbox.append(delivery)
        guard !group.isScheduled else { return }
        group.isScheduled = true
        let bound = NIOLoopBound(group, eventLoop: home)
        home.execute { bound.value.handOver() }
    }
}

/// A message on its way to another loop.
private struct Delivery: Sendable {
    let message: ByteBuffer
    let kind: MessageKind
    let recipients: Recipients
}

/// Who of a group gets a message.
private enum Recipients: Sendable {
    case one(ObjectIdentifier)
    case speakers(of: any Dialect, except: ObjectIdentifier?)

    func include(_ member: any RoomMember) -> Bool {
        switch self {
        case .one(let id): ObjectIdentifier(member) == id
        case .speakers(let dialect, let author): member.dialect === dialect && ObjectIdentifier(member) != author
        }
    }
}

/// The members on a loop that is not the room's own. The group belongs to the room's loop; its members' calls do not.
private final class RemoteGroup {
    let loop: any EventLoop
    var members: [any RoomMember] = []
    var outbox: [Delivery] = []
    var isScheduled = false

    init(loop: any EventLoop) {
        self.loop = loop
    }

    func handOver() {
        isScheduled = false
        guard !outbox.isEmpty else { return }
        let deliveries = outbox
        let members = members
        outbox.removeAll(keepingCapacity: true)
        loop.execute {
            for delivery in deliveries {
                for member in members where delivery.recipients.include(member) {
                    member.send(delivery.message, as: delivery.kind)
                }
            }
        }
    }
}

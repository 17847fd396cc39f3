import NIOCore
import ProviderKit
import Rooms
import Wire

extension RoomSession {
    /// Looks for what comes next at a place in the room's text, and gives up the question before.
    ///
    /// Each question is answered: one that was given up, or that is about a place that is no more, with an empty
    /// suggestion.
    func suggest(_ question: CompleteMessage, to member: SessionMember, in room: Room) {
        openSuggestion?.cancel()
        let place = member.eventLoop.makePromise(of: Result<RoomPlace?, PresenceProblem>.self)
        room.place(question.position, at: question.revision.map(Revision.init), of: member) { place.succeed($0) }
        let session = NIOLoopBound(self, eventLoop: member.eventLoop)
        // A provider may take its time, and the session must not wait.
        openSuggestion = Task { [dialect, suggestions = live.current.suggestions] in
            guard let place = try? await place.futureResult.get(),
                let message = await dialect.answer(to: question, at: place, of: member.id, from: suggestions)
            else { return }
            member.eventLoop.execute { session.value.send(message, as: .answer) }
        }
    }
}

extension SessionDialect {
    /// What a client is told that asked about a place; nil when it has left.
    fileprivate func answer(
        to question: CompleteMessage, at place: Result<RoomPlace?, PresenceProblem>, of client: ClientID,
        from suggestions: SuggestionChain
    ) async -> ByteBuffer? {
        switch place {
        case .failure(let problem):
            return self.problem(problem, in: "position")
        case .success(nil):
            return nil
        case .success(.some(let place)):
            guard let position = place.position else { return completion("", at: place.revision, to: question.id) }
            let suggestion = await suggestions.suggestion(
                for: SuggestionPlace(text: place.text, cursor: position, language: place.language),
                of: client.rawValue)
            return completion(suggestion.text, at: place.revision, to: question.id)
        }
    }
}

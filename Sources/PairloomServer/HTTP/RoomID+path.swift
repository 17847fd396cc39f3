import Foundation
import ProviderKit

extension RoomID {
    /// The room that a segment of a path names; nil when it cannot be the name of any.
    init?(pathSegment segment: some StringProtocol) {
        guard segment.utf8.count <= 1_024, let name = segment.removingPercentEncoding, !name.utf8.contains(0) else {
            return nil
        }
        self.init(name)
    }
}

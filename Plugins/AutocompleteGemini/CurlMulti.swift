import CLibCurl
import Foundation

/// The transfers of one thread, and the connections that they share.
///
/// `@unchecked Sendable`: the pointer does not change, and only the thread of a ``TransferLoop`` passes it to libcurl.
/// The exception is ``wake()``: libcurl lets any thread call it while the handle is there, which ``Mailbox`` sees to.
struct CurlMulti: @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer

    /// - Parameter connections: how many there may be at a time. Transfers that find none wait for one.
    init?(connections: Int) {
        guard let handle = curl_multi_init() else { return nil }
        for option in [CURLMOPT_MAX_TOTAL_CONNECTIONS, CURLMOPT_MAX_HOST_CONNECTIONS, CURLMOPT_MAXCONNECTS] {
            curl_multi_set_long(handle, option, connections)
        }
        self.handle = handle
    }

    /// Closes the connections. All transfers must have been removed.
    func free() {
        curl_multi_cleanup(handle)
    }

    /// Has ``wait(atMost:)`` return, now or the next time.
    func wake() {
        curl_multi_wakeup(handle)
    }

    /// Begins a transfer; says whether that was possible.
    func add(_ transfer: Transfer) -> Bool {
        curl_multi_add_handle(handle, transfer.handle) == CURLM_OK
    }

    /// Ends a transfer when it is under way: over HTTP/1.1 by closing its connection, over HTTP/2 by resetting its stream.
    ///
    /// Libcurl 7.88 to 8.14 sends that reset only along with the connection's next request (curl's issue 17611).
    func remove(_ transfer: Transfer) {
        curl_multi_remove_handle(handle, transfer.handle)
    }

    /// Does what can be done without waiting.
    func perform() {
        var running: CInt = 0
        curl_multi_perform(handle, &running)
    }

    /// Waits until something can be done, or somebody called ``wake()``.
    func wait(atMost limit: Duration) {
        // Rounded up, else it would wake too soon and wait for nothing.
        let milliseconds = (limit / .milliseconds(1)).rounded(.up)
        let code = curl_multi_poll(handle, nil, 0, CInt(max(0, min(milliseconds, 60_000))), nil)
        // It did not wait at all, and might not the next time.
        if code != CURLM_OK { Thread.sleep(forTimeInterval: 0.01) }
    }

    /// The next transfer that has ended by itself, and how.
    func nextEnded() -> (transfer: Transfer, result: CURLcode)? {
        var left: CInt = 0
        while let message = curl_multi_info_read(handle, &left) {
            if message.pointee.msg == CURLMSG_DONE, let transfer = Transfer.of(message.pointee.easy_handle) {
                return (transfer, message.pointee.data.result)
            }
        }
        return nil
    }
}

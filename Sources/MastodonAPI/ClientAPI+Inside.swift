package import HTTP
package import Storage
import Synchronization

/// The door for those who ask inside the process: the owner's pages are one more app, with a token like any.
final class InnerDoor: Sendable {
    let router = Mutex<Router?>(nil)
}

extension ClientAPI {
    /// Opens the door, once the table that the program answers from is complete.
    package func open(_ router: Router) {
        door.router.withLock { $0 = router }
    }

    /// Answers as if the request had come through a socket.
    ///
    /// Nil when no route is for it, or before the door is open.
    package func answer(_ request: Request) async throws -> Response? {
        let match = door.router.withLock { $0?.match(request.method, request.target) }
        guard case .found(let route, let parameters)? = match else { return nil }
        var request = request
        request.parameters = parameters
        return try await route.handle(request)
    }
}

extension ClientAPI {
    /// Has the servers of others asked for what is missing of a thread, as when an app opens it.
    package func openThread(of id: StatusID) { openThread(id) }
}

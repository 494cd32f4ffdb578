import Glibc
import Net

/// Runs the asynchronous part of a command on the event loop and ends the program with it.
enum OnLoop {
    static func run(_ body: @escaping @Sendable @Loop () async throws -> Void) -> Never {
        Reactor.spawn {
            do {
                try await body()
                exit(ExitStatus.done.rawValue)
            } catch let failure as Failure {
                Islet.end(failure)
            } catch {
                Islet.end(Failure(.fault, "Something went wrong that should not: \(error)"))
            }
        }
        Reactor.shared.run()
    }
}

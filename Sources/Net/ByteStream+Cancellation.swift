import HTTP

extension ByteStream {
    /// Runs what reads or writes here. When its task is cancelled the stream is closed, which ends every wait; one that
    /// had come to its end all the same leaves a closed stream behind.
    func closedByCancellation<Value: Sendable>(
        _ body: () async throws(SendError) -> Value
    ) async throws(SendError) -> Value {
        let result: Result<Value, SendError> = await withTaskCancellationHandler {
            do throws(SendError) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        } onCancel: {
            Reactor.spawn { self.close() }
        }
        return try result.get()
    }
}

import Basics
import HTTP
import JSON
import Media
import Storage
import Testing

@testable import MastodonAPI

@Suite struct APIErrorTests {
    @Test(
        arguments: [
            (StoreError.outOfSpace("x"), 507, nil), (StoreError.overloaded, 503, "5"),
            (DeliveriesFull(), 503, "5"),
            (UploadError.unsupportedType, 422, nil), (UploadError.tooLarge(limit: 1), 422, nil),
            (UploadError.outOfSpace, 507, nil),
            (BodyError.tooLarge(limit: 1), 413, nil), (BodyError.timedOut, 408, nil),
            (APIError.notFound, 404, nil),
            (StoreError.damaged("secret"), 500, nil), (APIError.tooManyRequests, 429, "300"),
        ] as [(any Error, Int, String?)])
    func `every error has its status and an object with a text`(error: any Error, status: Int, retry: String?)
        throws
    {
        let response = APIError.response(for: error, log: .silent, request: 1)
        #expect(response.status.code == status)
        #expect(response.fields["Retry-After"] == retry)
        #expect(response.fields["Content-Type"] == "application/json; charset=utf-8")
        guard case .bytes(let bytes) = response.body else { return #expect(Bool(false)) }
        let text = try #require(try Document(bytes).root["error"]?.string)
        #expect(!text.isEmpty)
        #expect(!text.contains("secret"))
    }
}

import Basics
import HTTP
import Media
import Storage

/// One row of the client API's table.
struct Endpoint: Sendable {
    typealias Answer = @Sendable (Call) async throws -> Response

    var method: Method
    var path: String
    var access: Access
    /// Fields of a multipart form that hold files, stored while they arrive.
    var files: Set<FileField>
    /// Whether the answer depends on nothing but the address, who asks, and what is stored.
    var isKept = false
    var answer: Answer

    init(
        _ method: Method, _ path: String, _ access: Access, _ answer: @escaping Answer,
        files: Set<FileField> = []
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.answer = answer
        self.files = files
    }

    /// The same row with answers that are kept until something is committed, for what every app asks for at
    /// its start.
    var kept: Endpoint {
        var endpoint = self
        endpoint.isKept = true
        return endpoint
    }

    /// Rows for PUT and PATCH: apps use either for every update.
    static func update(
        _ path: String, _ access: Access, _ answer: @escaping Answer, files: Set<FileField> = []
    ) -> [Endpoint] {
        [
            Endpoint(.put, path, access, answer, files: files),
            Endpoint(.patch, path, access, answer, files: files),
        ]
    }
}

/// Who may call an endpoint.
enum Access: Sendable {
    /// Anybody; a token is not even looked at.
    case open
    /// Anybody, but a token that comes must be valid and have one of these scopes.
    case optional([Scope])
    /// Any valid token, also that of an app nobody signed in with.
    case anyToken
    /// The owner, with one of these scopes.
    case owner([Scope])

    static func optional(_ scope: Scope) -> Access { .optional([scope]) }
    static func owner(_ scope: Scope) -> Access { .owner([scope]) }
}

extension ClientAPI {
    /// The endpoint as a route: reads the request, checks the token, and puts headers on whatever comes out.
    func route(_ endpoint: Endpoint) -> Route {
        let body: BodyPolicy =
            endpoint.files.isEmpty
            ? .buffered(limit: Limits.standard.bodyDefault)
            : .streamed(limit: uploads.uploadLimits.body(with: endpoint.files))
        return Route(endpoint.method, endpoint.path, body: body) { request in
            await respond(to: request, at: endpoint)
        }
    }

    /// - Parameter stored: files that lie here already, in the place of those that would come with the request.
    func respond(
        to request: Request, at endpoint: Endpoint, with stored: [String: StoredFile] = [:]
    ) async -> Response {
        var response: Response
        do {
            response = try await perform(request, endpoint, stored)
        } catch {
            response = APIError.response(for: error, log: log, request: request.id)
        }
        CORS.add(to: &response, for: request)
        response.fields.append("Vary", "Authorization, Origin")
        if !response.fields.contains("Cache-Control") {
            response.fields.append("Cache-Control", "private, no-store")
        }
        return response
    }

    private func perform(
        _ request: Request, _ endpoint: Endpoint, _ stored: [String: StoredFile]
    ) async throws -> Response {
        var call = Call(request: request)
        call.files = stored
        // A token in the head is checked before a body is read, so that strangers cannot upload.
        var secret = Bearer.inHead(of: request)
        if secret != nil || !endpoint.files.isEmpty { call.token = try authorize(secret, endpoint.access) }
        if endpoint.files.isEmpty {
            call.parameters = try await Parameters.read(from: request)
        } else {
            try await readUpload(into: &call, files: endpoint.files)
        }
        if secret == nil && endpoint.files.isEmpty {
            secret = call.parameters["access_token"]?.string
            call.token = try authorize(secret, endpoint.access)
        }
        call.secret = secret
        if let token = call.token, token.isOwner { await noteUse(of: token.id, seenAt: token.seenAt) }
        // Parameters may also come in a body, which is no part of the question that an answer is kept under.
        guard endpoint.isKept, request.fields["Content-Length"] == nil,
            request.fields["Transfer-Encoding"] == nil
        else { return try await endpoint.answer(call) }
        return try await keptAnswer(to: call, endpoint)
    }

    private func keptAnswer(to call: Call, _ endpoint: Endpoint) async throws -> Response {
        let question = call.isOwner ? call.request.target.raw : "visitor " + call.request.target.raw
        let version = try store.version()
        let now = clock.now()
        if let answer = answers.answer(to: question, at: now, version: version) { return answer }
        let answer = try await endpoint.answer(call)
        answers.keep(answer, to: question, at: now, version: version)
        return answer
    }

    private func readUpload(into call: inout Call, files: Set<FileField>) async throws {
        let request = call.request
        if let type = request.fields["Content-Type"].flatMap(MediaType.init), type.type == "multipart" {
            let form = try await uploads.receive(request.body, contentType: type, files: files)
            call.files = form.files
            call.parameters = Parameters(body: form.texts.tree, query: request.target.query)
        } else {
            call.parameters = try await Parameters.read(from: request)
        }
    }
}

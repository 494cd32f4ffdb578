import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/methods/preferences/>
extension ClientAPI {
    var preferenceEndpoints: [Endpoint] {
        [Endpoint(.get, "/api/v1/preferences", .owner("read:accounts"), preferences).kept]
    }

    private func preferences(_ call: Call) async throws -> Response {
        guard let owner = try store.read({ try Owner.load(in: $0) }) else { throw APIError.notFound }
        return .json { writer in
            writer.object { writer in
                writer.field("posting:default:visibility", StatusEntity.name(of: owner.visibility))
                writer.field("posting:default:sensitive", owner.sensitive)
                writer.field("posting:default:language", owner.language)
                writer.field("posting:default:quote_policy", owner.quotePolicy.name)
                // How to show things is for each app to decide; these are Mastodon's defaults.
                writer.field("reading:expand:media", "default")
                writer.field("reading:expand:spoilers", false)
                writer.field("reading:autoplay:gifs", false)
            }
        }
    }
}

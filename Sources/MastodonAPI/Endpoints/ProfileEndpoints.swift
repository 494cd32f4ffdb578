import Basics
import Federation
import HTTP
import JSON
import Media
import Storage

/// The owner's own account, <https://docs.joinmastodon.org/methods/accounts/> and
/// <https://docs.joinmastodon.org/methods/profile/>.
extension ClientAPI {
    var profileEndpoints: [Endpoint] {
        let pictures: Set<FileField> = ["avatar", "header"]
        return [
            Endpoint(.get, "/api/v1/accounts/verify_credentials", .owner(["read:accounts", "profile"])) { _ in
                try credentialAccount()
            }.kept,
            Endpoint(.get, "/api/v1/profile", .owner(["read:accounts", "profile"])) { _ in try profile() },
            Endpoint(.delete, "/api/v1/profile/avatar", .owner("write:accounts")) { _ in
                try await removePicture(\.avatar, \.avatarDescription)
            },
            Endpoint(.delete, "/api/v1/profile/header", .owner("write:accounts")) { _ in
                try await removePicture(\.header, \.headerDescription)
            },
        ]
            + Endpoint.update(
                "/api/v1/accounts/update_credentials", .owner("write:accounts"),
                { call in
                    try await changeProfile(call)
                    return try credentialAccount()
                }, files: pictures)
            + Endpoint.update(
                "/api/v1/profile", .owner("write:accounts"),
                { call in
                    try await changeProfile(call)
                    return try profile()
                }, files: pictures)
    }

    func credentialAccount() throws -> Response {
        try store.read { snapshot in
            guard let account = try Actors.find(identity.owner, in: snapshot),
                let owner = try Owner.load(in: snapshot)
            else { throw APIError.unauthorized }
            let requests = try FollowRequests.count(in: snapshot)
            let entity = CredentialAccountEntity(account: account, owner: owner, followRequests: requests)
            return .json { writer in entity.write(identity, to: &writer) }
        }
    }

    private func profile() throws -> Response {
        try store.read { snapshot in
            guard let account = try Actors.find(identity.owner, in: snapshot),
                let owner = try Owner.load(in: snapshot)
            else { throw APIError.unauthorized }
            let tags = try FeaturedTags.uses(by: identity.owner, in: snapshot)
            let entity = ProfileEntity(account: account, owner: owner, tags: tags)
            return .json { writer in entity.write(identity, to: &writer) }
        }
    }

    private func changeProfile(_ call: Call) async throws {
        let call = try await withPictures(call)
        let change = try ProfileChange(call, identity: identity, limits: limits)
        let abandoned = try await store.write { tx in
            guard var account = try Actors.find(identity.owner, in: tx), var owner = try Owner.load(in: tx)
            else {
                throw APIError.notFound
            }
            let before = [account.avatar, account.header]
            try change.apply(to: &account, &owner, in: tx)
            _ = try Actors.save(account, in: tx)
            try owner.save(in: tx)
            try outbox.updateProfile(in: tx)
            return before.filter { $0 != account.avatar && $0 != account.header }
        }
        await removePictures(abandoned)
    }

    /// The same call with pictures that are as large as apps show them, and not larger.
    ///
    /// - Throws: 422 when one is no picture.
    private func withPictures(_ call: Call) async throws -> Call {
        var call = call
        // Mastodon's measures, <https://docs.joinmastodon.org/user/profile/>.
        for (field, label, width, height) in [
            ("avatar", "Avatar", 400, 400), ("header", "Header", 1_500, 500),
        ] {
            guard let file = call.files[field] else { continue }
            guard file.header.kind.group == .picture else {
                throw APIError.invalid("\(label) content type is invalid")
            }
            call.files[field] = await previews.cover(file, width: width, height: height)
        }
        return call
    }

    private func removePicture(
        _ picture: any WritableKeyPath<Actor, String?> & Sendable,
        _ description: any WritableKeyPath<Owner, String> & Sendable
    ) async throws -> Response {
        let abandoned = try await store.write { tx -> String? in
            guard var account = try Actors.find(identity.owner, in: tx), var owner = try Owner.load(in: tx)
            else { throw APIError.notFound }
            let old = account[keyPath: picture]
            account[keyPath: picture] = nil
            owner[keyPath: description] = ""
            _ = try Actors.save(account, in: tx)
            try owner.save(in: tx)
            try outbox.updateProfile(in: tx)
            return old
        }
        await removePictures([abandoned])
        return try credentialAccount()
    }

    /// The profile is changed already; a file that stays is only a little space.
    private func removePictures(_ addresses: [String?]) async {
        let names = addresses.compactMap { $0?.split(separator: "/").last.map { String($0) } }
        do {
            try await uploads.remove(names)
        } catch {
            log.warning("An old profile picture could not be removed")
        }
    }
}

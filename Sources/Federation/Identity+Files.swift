import Crypto
package import Storage

extension Identity {
    /// The address of an own file.
    package func media(_ file: String) -> String { "\(origin)/media/\(file)" }

    /// The address of the owner's picture: stored as the name of an own file, or as an address already.
    package func picture(_ stored: String) -> String {
        stored.contains("://") ? stored : media(stored)
    }

    /// Where this server hands on somebody else's file to whoever was given the address.
    ///
    /// - Parameter url: where the file is now, which is part of what is signed when the row may get another.
    package func media(_ file: RemoteFile, at url: String) -> String {
        "\(origin)/media/\(file.kind.rawValue)/\(file.id)/\(signature(of: file, at: url))"
    }

    /// What makes an address of a remote file one that was given out here: 22 characters.
    package func signature(of file: RemoteFile, at url: String) -> String {
        let message = "\(file.kind.rawValue)/\(file.id)"
        return Base64.encodeURL(mediaKey(file.mayChange ? "\(message)/\(url)" : message)[..<16])
    }

    /// The address of somebody's picture for the owner's apps and pages. Some apps take a last path component
    /// `missing.png` for "none"; it must be a picture all the same.
    package func avatar(of actor: Actor) -> String {
        guard let stored = actor.avatar else { return "\(origin)/static/avatar/missing.png" }
        if actor.isLocal { return picture(stored) }
        return media(RemoteFile(.avatar, actor.id.value), at: stored)
    }

    /// That of the wide picture above a profile.
    package func header(of actor: Actor) -> String {
        guard let stored = actor.header else { return "\(origin)/static/header/missing.png" }
        if actor.isLocal { return picture(stored) }
        return media(RemoteFile(.header, actor.id.value), at: stored)
    }
}

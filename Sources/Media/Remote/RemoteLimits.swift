import Storage

/// What others' files may cost. Sizes are in bytes.
package struct RemoteLimits: Sendable {
    /// Largest picture in a text. Mastodon takes 256 KB; other servers have some of half a megabyte.
    package var emoji = 1 << 20
    /// Largest picture of a person or a linked page. Mastodon takes 8 MB for those of people.
    package var picture = 16 << 20
    /// Largest picture of a post. Mastodon takes 16 MB.
    package var postPicture = 32 << 20
    /// Largest recording that does not say how long it is, where nothing is kept.
    package var unmeasured = 64 << 20
    /// Fetches at once, those that are passed through included.
    package var fetches = 24
    /// Fetches at once from one host. Browsers open six connections to one.
    package var fetchesOfHost = 6
    /// Those among them that are passed through, which last as long as their readers like: the rest is for pictures.
    package var passing = 12
    /// Bodies passed through at once from one host.
    package var passingOfHost = 4
    /// Looks that wait for such a place, at most.
    package var waitingToPass = 64
    /// Looks that wait for their turn: a page of forty posts shows up to two hundred pictures. Beyond it 503.
    package var waiting = 512
    /// How long one waits. Apps give up after 30 s or more.
    package var patience: Duration = .seconds(20)
    /// Readers at once of one file that is arriving.
    package var readers = 256
    /// How far ahead of what has arrived somebody may begin to read, rather than asking the other server anew.
    package var ahead = 1 << 20
    /// A fetch that nobody waits for any more is finished if no more than this is missing.
    package var smallRest = 1 << 20
    /// For a whole picture that is stored, and for the rest of anything that nobody waits for any more. A recording
    /// with readers has no more than `rate`.
    package var pictureTime: Duration = .seconds(60)
    /// In each window of this length a file must come at `rate`.
    package var rateOver: Duration = .seconds(30)
    /// Fewest bytes a second. A bad mobile network is ten times as fast.
    package var rate = 1_024
    /// How long a failure is remembered, so that a silent server is not asked by every refresh of an app.
    package var failureFor: Duration = .seconds(60)
    /// Failures, and kinds of files, that are remembered.
    package var remembered = 1_024
    /// Most bytes handed on in one piece.
    package var piece = 65_536

    package init() {}

    /// Largest file of this kind; nil where only its length, or the room in the cache, bounds it.
    func most(_ file: RemoteFile.Kind, _ kind: MediaKind) -> Int? {
        switch file {
        case .emoji: emoji
        case .avatar, .header, .preview, .card: picture
        case .attachment: kind.group == .picture ? postPicture : nil
        }
    }
}

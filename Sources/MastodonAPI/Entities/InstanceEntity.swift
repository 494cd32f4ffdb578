import Federation
import JSON
import Media
import Storage

/// What an app learns about the server before and after signing in, in both versions,
/// <https://docs.joinmastodon.org/entities/Instance/>.
struct InstanceEntity {
    let identity: Identity
    let account: Actor
    let version: String
    let limits: APILimits
    let uploads: UploadLimits
    let statuses: Int
    let domains: Int
    let pushKey: String
    let about: AboutServer

    /// Apps read three numbers and offer what that version of Mastodon had.
    private var mastodonVersion: String { "4.5.9 (compatible; Islet \(version))" }

    private var description: String {
        "The server of \(account.name.isEmpty ? account.acct : account.name) alone."
    }
    private var thumbnail: String { identity.header(of: account) }

    /// `wss://host`, without a path: apps append theirs.
    private var streaming: String {
        let scheme = identity.origin.hasPrefix("https://") ? "wss" : "ws"
        return "\(scheme)://\(identity.host)"
    }

    func writeV2(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("domain", identity.accountDomain)
            writer.field("title", identity.accountDomain)
            writer.field("version", mastodonVersion)
            writer.field("source_url", identity.origin)
            writer.field("description", description)
            writer.object("usage") { $0.object("users") { $0.field("active_month", 1) } }
            writer.object("thumbnail") { writer in
                writer.field("url", thumbnail)
                writer.null("blurhash")
                writer.field("description", "")
                writer.object("versions") { $0.field("@1x", thumbnail) }
            }
            writer.array("icon") { writer in
                writer.object { writer in
                    writer.field("src", identity.avatar(of: account))
                    writer.field("size", "192x192")
                }
            }
            writer.field("languages", languages)
            writer.object("configuration") { writer in configuration(isV2: true, to: &writer) }
            writer.object("registrations") { writer in
                writer.field("enabled", false)
                writer.field("approval_required", false)
                writer.field("reason_required", false)
                writer.null("message")
                writer.null("min_age")
                writer.null("url")
            }
            // From 8 on apps edit the profile through /api/v1/profile alone, from 10 on they show collections.
            writer.object("api_versions") { $0.field("mastodon", 7) }
            writer.object("contact") { writer in
                writer.field("email", "")
                AccountEntity.write(account, as: "account", identity, to: &writer)
            }
            writer.array("rules") { about.write(rules: &$0) }
        }
    }

    func writeV1(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("uri", identity.accountDomain)
            writer.field("title", identity.accountDomain)
            writer.field("short_description", description)
            writer.field("description", description)
            writer.field("email", "")
            writer.field("version", mastodonVersion)
            writer.object("urls") { $0.field("streaming_api", streaming) }
            writer.object("stats") { writer in
                writer.field("user_count", 1)
                writer.field("status_count", statuses)
                writer.field("domain_count", domains)
            }
            writer.field("thumbnail", thumbnail)
            writer.field("max_toot_chars", limits.statusLength)
            writer.object("poll_limits") { writer in
                writer.field("max_options", limits.pollOptions)
                writer.field("max_option_chars", limits.pollOptionLength)
                writer.field("min_expiration", limits.pollDuration.lowerBound)
                writer.field("max_expiration", limits.pollDuration.upperBound)
            }
            writer.field("languages", languages)
            writer.field("registrations", false)
            writer.field("approval_required", false)
            writer.field("invites_enabled", false)
            writer.object("configuration") { writer in configuration(isV2: false, to: &writer) }
            AccountEntity.write(account, as: "contact_account", identity, to: &writer)
            writer.array("rules") { about.write(rules: &$0) }
        }
    }

    private var languages: [String] { ["en"] }

    private func configuration(isV2: Bool, to writer: inout JSONWriter) {
        if isV2 {
            writer.object("urls") { writer in
                writer.field("streaming", streaming)
                writer.null("status")
                writer.field("about", "\(identity.origin)/about")
                writer.field("privacy_policy", "\(identity.origin)/privacy-policy")
                writer.null("terms_of_service")
            }
            writer.object("vapid") { $0.field("public_key", pushKey) }
        }
        writer.object("accounts") { writer in
            writer.field("max_featured_tags", FeaturedTags.limit)
            writer.field("max_pinned_statuses", limits.pinnedStatuses)
            writer.field("max_profile_fields", limits.fields)
            writer.field("profile_field_name_limit", limits.fieldLength)
            writer.field("profile_field_value_limit", limits.fieldLength)
            writer.field("max_display_name_length", limits.displayNameLength)
            writer.field("max_note_length", limits.noteLength)
        }
        writer.object("statuses") { writer in
            writer.field("max_characters", limits.statusLength)
            writer.field("max_media_attachments", limits.attachments)
            writer.field("characters_reserved_per_url", limits.linkLength)
        }
        writer.object("media_attachments") { writer in media(to: &writer) }
        writer.object("polls") { writer in
            writer.field("max_options", limits.pollOptions)
            writer.field("max_characters_per_option", limits.pollOptionLength)
            writer.field("min_expiration", limits.pollDuration.lowerBound)
            writer.field("max_expiration", limits.pollDuration.upperBound)
        }
        writer.object("translation") { $0.field("enabled", false) }
        guard isV2 else { return }
        writer.object("timelines_access") { writer in
            for feed in ["live_feeds", "hashtag_feeds"] {
                writer.object(feed) { writer in
                    writer.field("local", "public")
                    writer.field("remote", "authenticated")
                }
            }
            writer.object("trending_link_feeds") { writer in
                // Open and empty: that of this server's own posts has no word for being switched off.
                writer.field("local", "public")
                writer.field("remote", "disabled")
            }
        }
        writer.field("limited_federation", false)
    }

    private func media(to writer: inout JSONWriter) {
        writer.field("supported_mime_types", MediaKind.uploadedTypes)
        writer.field("description_limit", limits.descriptionLength)
        // Apps read these numbers into 32 bits.
        writer.field("image_size_limit", min(uploads.picture, Int(Int32.max)))
        writer.field("image_matrix_limit", limits.imagePixels)
        writer.field("video_size_limit", min(uploads.recording, Int(Int32.max)))
        writer.field("video_frame_rate_limit", limits.videoFrameRate)
        writer.field("video_matrix_limit", limits.imagePixels)
    }
}

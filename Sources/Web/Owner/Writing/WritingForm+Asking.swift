import HTTP

/// The form as the API takes it.
extension WritingForm {
    /// For a new post.
    ///
    /// - Parameter moment: milliseconds since 1970, when it is for later.
    func parameters(at moment: Int64?) -> [(String, String)] {
        var pairs = common
        pairs.append(("visibility", visibility))
        if let reply { pairs.append(("in_reply_to_id", reply)) }
        if let quote { pairs.append(("quoted_status_id", quote)) }
        pairs += pollPairs(lasting: poll.lasting)
        if let moment { pairs.append(("scheduled_at", ISO8601.milliseconds(moment))) }
        return pairs
    }

    /// For a new version of this post.
    func parameters(changing post: Post, now: Int64) -> [(String, String)] {
        var pairs = common
        let old = post.files.map(\.id)
        for (index, file) in files.filter({ old.contains($0.id) }).enumerated() {
            let name = "media_attributes[\(index)]"
            pairs += [("\(name)[id]", file.id), ("\(name)[description]", file.description)]
            if !file.focus.isEmpty { pairs.append(("\(name)[focus]", file.focus)) }
        }
        var lasting = poll.lasting
        if lasting == "keep" {
            lasting = String(post.poll.flatMap { WritingForm.lasting($0, of: post, now: now) } ?? 86_400)
        }
        return pairs + pollPairs(lasting: lasting)
    }

    private var common: [(String, String)] {
        var pairs = [
            ("status", text), ("spoiler_text", warning), ("sensitive", isSensitive ? "true" : "false"),
            ("language", language), ("content_type", format), ("quote_approval_policy", policy),
        ]
        for file in files { pairs.append(("media_ids[]", file.id)) }
        return pairs
    }

    private func pollPairs(lasting: String) -> [(String, String)] {
        guard !poll.isEmpty else { return [] }
        return poll.options.map { ("poll[options][]", $0) } + [
            ("poll[expires_in]", lasting), ("poll[multiple]", poll.isMultiple ? "true" : "false"),
            ("poll[hide_totals]", poll.hidesTotals ? "true" : "false"),
        ]
    }

    /// Seconds that leave the end of a poll where it is: counted from the post, or from now where it was moved once.
    private static func lasting(_ poll: PollResult, of post: Post, now: Int64) -> Int64? {
        guard let end = poll.expiresAt.flatMap(ISO8601.parse), let start = ISO8601.parse(post.createdAt)
        else { return nil }
        let whole = end - start
        return whole % 1_000 == 0 && whole <= 2_629_746_000 ? whole / 1_000 : max(300, (end - now) / 1_000)
    }

    /// When the post is to be published; nil for at once.
    ///
    /// - Throws: `Refusal` for what is no moment, or has passed: nothing is published that was to wait.
    func moment(now: Int64) throws -> Int64? {
        guard isScheduled else { return nil }
        return try WritingForm.moment(date: date, time: time, zone: zone, now: now)
    }

    static func moment(date: String, time: String, zone: Int, now: Int64) throws -> Int64 {
        guard !date.isEmpty, !time.isEmpty else {
            throw Refusal(.unprocessable, "To publish it later, give both a date and a time.")
        }
        guard date.utf8.count == 10, let moment = ISO8601.parse("\(date)T\(time)Z") else {
            throw Refusal(.unprocessable, "That is no date and time.")
        }
        let utc = moment + Int64(zone) * 60_000
        guard utc > now else { throw Refusal(.unprocessable, "That moment has passed.") }
        return utc
    }
}

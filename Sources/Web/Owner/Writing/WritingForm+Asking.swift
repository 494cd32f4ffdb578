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
        if let scheduled { pairs.append(("scheduled_status_id", scheduled)) }
        if let moment { pairs.append(("scheduled_at", ISO8601.milliseconds(moment))) }
        return pairs
    }

    /// For a new version of the post.
    var changes: [(String, String)] {
        var pairs = common
        for (index, file) in files.enumerated() {
            let name = "media_attributes[\(index)]"
            pairs += [("\(name)[id]", file.id), ("\(name)[description]", file.description)]
            if !file.focus.isEmpty { pairs.append(("\(name)[focus]", file.focus)) }
        }
        return pairs
    }

    private var common: [(String, String)] {
        var pairs = [
            ("status", text), ("spoiler_text", warning), ("sensitive", isSensitive ? "true" : "false"),
            // A field that is left open would mean the usual language: this one says that there is none.
            ("language", language.isEmpty ? "und" : language),
            ("content_type", format), ("quote_approval_policy", policy),
        ]
        for file in files { pairs.append(("media_ids[]", file.id)) }
        guard !poll.isEmpty else { return pairs }
        pairs += poll.options.map { ("poll[options][]", $0) }
        return pairs + [
            ("poll[expires_in]", poll.lasting), ("poll[multiple]", poll.isMultiple ? "true" : "false"),
            ("poll[hide_totals]", poll.hidesTotals ? "true" : "false"),
        ]
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

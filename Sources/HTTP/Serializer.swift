/// Writes the heads of messages.
///
/// Whatever a value holds, it cannot end its line: CR, LF and NUL are left out, and a field whose name is no
/// token is left out altogether.
package enum Serializer {
    /// Adds the head of a response to `output`, with Date and everything that frames the body.
    ///
    /// Framing is decided here alone: Content-Length, Transfer-Encoding, Connection and Date among the
    /// response's own fields are not written, except Connection in a 101.
    ///
    /// - Parameters:
    ///   - method: that of the request; the response to HEAD has the head of the one to GET.
    ///   - version: the minor version of the request; HTTP/1.0 knows no chunks.
    ///   - keepAlive: whether the connection stays open afterwards.
    ///   - date: the time of the response, as `HTTPDate.format` gives it.
    /// - Returns: how the body is to be sent: not at all, as it is, in chunks, or up to the close of the
    ///   connection.
    @discardableResult
    package static func write(
        head response: Response, to method: Method, version: Int, keepAlive: Bool, date: String,
        into output: inout [UInt8]
    ) -> BodyFraming {
        let status = response.status
        let framing = framing(of: response, version: version)
        output.reserveCapacity(output.count + 512)
        output += "HTTP/1.1 ".utf8
        appendDigits(min(max(status.code, 100), 999), places: 3, to: &output)
        output.append(ASCII.space)
        output += status.reason.utf8
        endLine(&output)
        write("Date", date, &output)
        let isSwitching = status == .switchingProtocols
        for (name, value) in response.fields
        where !(isFraming(name) || ASCII.equal(name, "Date"))
            || (isSwitching && ASCII.equal(name, "Connection"))
        {
            write(name, value, &output)
        }
        if !status.isBodiless {
            switch framing {
            case .none: write("Content-Length", "0", &output)
            case .length(let count): write("Content-Length", String(count), &output)
            case .chunked: if method != .head { write("Transfer-Encoding", "chunked", &output) }
            case .untilClose: break
            }
        }
        if !isSwitching {
            if !keepAlive || (framing == .untilClose && method != .head) {
                write("Connection", "close", &output)
            } else if version == 0 {
                write("Connection", "keep-alive", &output)
            }
        }
        endLine(&output)
        return method == .head || status.isBodiless ? .none : framing
    }

    /// Adds the head of a request to another server.
    ///
    /// Host comes from the URL and Content-Length from `bodyCount`, whatever the fields say; Date is not
    /// added, since it may be signed.
    package static func write(
        requestHead method: Method, url: WebURL, fields: Fields, bodyCount: Int, keepAlive: Bool,
        into output: inout [UInt8]
    ) {
        output.reserveCapacity(output.count + 1_024)
        output += method.rawValue.utf8
        output.append(ASCII.space)
        output += url.requestTarget.utf8
        output += " HTTP/1.1\r\n".utf8
        write("Host", url.authority, &output)
        for (name, value) in fields where !isFraming(name) && !ASCII.equal(name, "Host") {
            write(name, value, &output)
        }
        if bodyCount > 0 || method == .post || method == .put || method == .patch {
            write("Content-Length", String(bodyCount), &output)
        }
        if !keepAlive { write("Connection", "close", &output) }
        endLine(&output)
    }

    private static func framing(of response: Response, version: Int) -> BodyFraming {
        if response.status.isBodiless { return .none }
        guard let length = response.body.length else { return version == 0 ? .untilClose : .chunked }
        return length == 0 ? .none : .length(length)
    }

    /// Fields that this file alone writes. Almost every other name is told apart by its length.
    private static func isFraming(_ name: String) -> Bool {
        switch name.utf8.count {
        case 10: ASCII.equal(name, "Connection") || ASCII.equal(name, "Keep-Alive")
        case 14: ASCII.equal(name, "Content-Length")
        case 17: ASCII.equal(name, "Transfer-Encoding")
        default: false
        }
    }

    private static func write(_ name: String, _ value: String, _ output: inout [UInt8]) {
        guard ASCII.isToken(name.utf8) else { return }
        output += name.utf8
        output += [ASCII.colon, ASCII.space]
        if value.utf8.allSatisfy(FieldLine.isValueByte) {
            output += value.utf8
        } else {
            output += value.utf8.filter(FieldLine.isValueByte)
        }
        endLine(&output)
    }

    private static func endLine(_ output: inout [UInt8]) {
        output.append(ASCII.carriageReturn)
        output.append(ASCII.lineFeed)
    }
}

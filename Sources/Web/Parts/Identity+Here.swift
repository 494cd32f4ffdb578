import Federation

extension Identity {
    /// An address of this server without the server, which is shorter; any other as it is.
    func here(_ address: String) -> Substring {
        address.hasPrefix(origin + "/") ? address.dropFirst(origin.count) : address[...]
    }
}

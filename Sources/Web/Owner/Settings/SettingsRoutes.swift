import HTTP

/// Everything that the owner sets or keeps in order.
extension WebPages {
    var settingsRoutes: [Route] {
        appearanceRoutes + IconDrawings.routes
            + limitedPeopleRoutes + domainRoutes + requestRoutes + tagRoutes + listRoutes + filterRoutes
            + sessionRoutes + passwordRoutes + aboutSettingsRoutes + serverRoutes
            + (connections.map { connectionRoutes($0) + movingRoutes($0) } ?? [])
    }
}

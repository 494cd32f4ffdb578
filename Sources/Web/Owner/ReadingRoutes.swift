import HTTP

/// The pages on which the owner reads, and what is done from there.
extension WebPages {
    var readingRoutes: [Route] {
        homeRoutes + threadRoutes + postActRoutes + postPeopleRoutes + postHistoryRoutes + deletePostRoutes
            + notificationRoutes + heldBackRoutes + conversationRoutes + personRoutes + personActRoutes
            + reportRoutes + searchRoutes + tagTimelineRoutes + listTimelineRoutes
            + savedPostsRoutes + moreRoutes
    }
}

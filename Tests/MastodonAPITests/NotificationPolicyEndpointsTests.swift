import HTTP
import HouseSupport
import JSON
import Testing

@Suite struct NotificationPolicyEndpointsTests {
    private let path = "/api/v2/notifications/policy"
    private let old = "/api/v1/notifications/policy"

    @Test func `at first everything is accepted`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(
            try await house.get(path, token).text == """
                {"for_not_following":"accept","for_not_followers":"accept","for_new_accounts":"accept",\
                "for_private_mentions":"accept","for_limited_accounts":"accept","for_bots":"accept",\
                "summary":{"pending_requests_count":0,"pending_notifications_count":0}}
                """)
        #expect(
            try await house.get(old, token).text == """
                {"filter_not_following":false,"filter_not_followers":false,"filter_new_accounts":false,\
                "filter_private_mentions":false,\
                "summary":{"pending_requests_count":0,"pending_notifications_count":0}}
                """)
    }

    @Test func `trap 14: PUT and PATCH change only what is named, in every encoding`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let json = try await house.send(.patch, path, token, #"{"for_not_following":"filter"}"#).json
        #expect(json["for_not_following"]?.string == "filter")
        let form = try await house.send(.put, path, token, "for_new_accounts=drop&unknown=1").json
        #expect(form["for_new_accounts"]?.string == "drop")
        #expect(form["for_not_following"]?.string == "filter")
        let query = try await house.send(.patch, "\(path)?for_bots=filter", token).json
        #expect(query["for_bots"]?.string == "filter")
        #expect(try await house.get(path, token).json["for_new_accounts"]?.string == "drop")
        #expect(try await house.send(.patch, path, token, "{}").status == 200)
        #expect(try await house.send(.patch, path, token, "for_bots=maybe").status == 422)
        #expect(try await house.send(.patch, path, token, #"{"for_bots":["drop",{}]}"#).status < 500)
        #expect(try await house.send(.patch, path, try await house.token("read"), "{}").status == 403)
    }

    @Test func `trap Requests: the misspelt name for limited accounts is understood`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let json = try await house.send(.patch, path, token, #"{"for_Limited_accounts":"drop"}"#).json
        #expect(json["for_limited_accounts"]?.string == "drop")
    }

    @Test func `the older form knows on and off, and does not weaken what is stricter`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.send(.patch, path, token, "for_new_accounts=drop")
        let json = try await house.send(
            .put, old, token, "filter_new_accounts=true&filter_not_following=1&filter_private_mentions=false"
        ).json
        #expect(json["filter_new_accounts"]?.bool == true && json["filter_not_following"]?.bool == true)
        #expect(json["filter_private_mentions"]?.bool == false)
        let new = try await house.get(path, token).json
        #expect(new["for_new_accounts"]?.string == "drop" && new["for_not_following"]?.string == "filter")
        _ = try await house.send(.patch, old, token, #"{"filter_new_accounts":false}"#)
        #expect(try await house.get(path, token).json["for_new_accounts"]?.string == "accept")
    }
}

import Foundation

/// The published examples of signatures, kept outside of the repository: in the folder that `ISLET_SHARED`
/// names, or in `shared` beside the repository.
enum SignatureVectors {
    static let folder: URL = {
        if let shared = ProcessInfo.processInfo.environment["ISLET_SHARED"] {
            return URL(fileURLWithPath: shared).appending(path: "data/vectors")
        }
        var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<5 { root.deleteLastPathComponent() }
        return root.appending(path: "shared/data/vectors")
    }()

    static var areThere: Bool { FileManager.default.fileExists(atPath: folder.path()) }

    static func load<Document: Decodable>(_ name: String, as type: Document.Type) throws -> Document {
        try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
    }

    /// cavage-appendix-c.json.
    struct Appendix: Decodable {
        struct Message: Decodable {
            var headers: [[String]]
            var body: String
        }

        struct Case: Decodable {
            var title: String
            var headers: String?
            var signingString: String
            var signature: String

            enum CodingKeys: String, CodingKey {
                case title, headers, signature
                case signingString = "signing_string"
            }
        }

        var publicPEM: String
        var message: Message
        var cases: [Case]

        enum CodingKeys: String, CodingKey {
            case message, cases
            case publicPEM = "public_pem"
        }
    }

    /// rfc9421-appendix-b.json.
    struct Keys: Decodable {
        struct Key: Decodable {
            var publicPEM: String?
            var privatePEM: String?

            enum CodingKeys: String, CodingKey {
                case publicPEM = "public_pem"
                case privatePEM = "private_pem"
            }
        }

        struct Message: Decodable {
            var headers: [[String]]
            var body: String
        }

        struct Case: Decodable {
            var title: String
            var message: String
            var keyid: String
            var input: String
            var signature: String
            var base: String

            enum CodingKeys: String, CodingKey {
                case title, message, keyid, signature
                case input = "signature_input"
                case base = "signature_base"
            }
        }

        var keys: [String: Key]
        var messages: [String: Message]
        var cases: [Case]
    }

    /// `test-key-rsa` of RFC 9421 Appendix B.1.1.
    static let publicPEM = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhAKYdtoeoy8zcAcR874L
        8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrwWEBnez6d0UDKDwGbc6nxfEXAy5mbhgaj
        zrw3MOEt8uA5txSKobBpKDeBLOsdJKFqMGmXCQvEG7YemcxDTRPxAleIAgYYRjTS
        d/QBwVW9OwNFhekro3RtlinV0a75jfZgkne/YiktSvLG34lw2zqXBDTC5NHROUqG
        TlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0PuKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dS
        FFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQPSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ1
        0wIDAQAB
        -----END PUBLIC KEY-----
        """

    // What that key makes of a Follow and of two GETs; RSA's older signatures have one value for one message.

    static let body =
        #"{"@context":"https://www.w3.org/ns/activitystreams","id":"https://islet.example/f/1","#
        + #""type":"Follow","#
        + #""actor":"https://islet.example/actor","object":"https://remote.example/users/bob"}"#
    static let digest = "SHA-256=R4ygsStnEcQ21ANY7yt/Wyqgzi+9ZRNHwsyfUCWZ6FE="
    static let date = "Tue, 20 Apr 2021 02:07:55 GMT"
    static let moment: Int64 = 1_618_884_475
    static let keyID = "https://islet.example/actor#main-key"
    static let postSignature =
        """
        O5coVdr0PJFHHn654losJq2GlyQaSm1w3mK5X337dfoW+ixEy7VN1/ajTK07dZ2GPJf38TExbJW3ovQUq7d6P5OL5Q/d\
        CvXjoRRJ6xWphDQ4f5LClqQHS9xcSlgePa1rDwfX1QfTMIyArKmhS2Om9mWzgCnILl0GsA6AfEkby05dF/sn50OnS849\
        74CbPap66kNEPQ7XtyLoy5hu11uLQUZ9aJkZXmHBZCz0xlFerXAvmrzlhGrqpwSHT61GgUS74vgjoMA4OCKgVg5x4j88\
        BPaFPShIlVNq5D66lTw3OEI3EhThntdVelxrlz1OMqxxgpVlF6dIAUUUa3ptS0Qnog==
        """
    static let getSignature =
        """
        YKoMj/se0hIbhaeO8jc8Ha+eSPGkOJBM4atqUPCG2Y4XYDyfjBtUpLMDdmTOLz2ygS0KS7QWyMe3VtZ1/dHQ45Z/AxLZ\
        RacjH1DGKnu/euvoQiwDuBza4AbYmkaexy5+HMN5Kox4P9Uhh1Ad70hgDd4+DjC15w6LFxFhRgPGXdyx03mUrtFJeh0r\
        nUASDNUf8T+kqSMrnKDKqjkCmUZ+KrK9IjCglGbNk2UPikrYlilbCf1rv6T/47hVsHwedTshqQQDiVWUiX9RPVfVmWI7\
        nv4VjRtBj+kbiE1KkOUJKFUbW3RFbDRM/Ousr/UTTCmLy0bER/mw0VeIAShRVI90Fg==
        """
    /// RFC 9421, over `@method`, `@target-uri` and `content-digest`.
    static let messageSignature =
        """
        ahU84vif8e3/kUapRS8MLv8NEqo4UqUfOFhsBXGzyfH7XWBlQPEUbOVAx2j8xEsFwaa/ntcEz8zo3+hDz3Wu9vrm8kS5\
        pqXCtndpuKF05vFUvSVm0fjaBrSQ67mNb0QwGvPgVOPuB54xJudPDsnkbZ4CYCLKZv5jVD96mwOxVqaUI0kttgoI9BYe\
        EI9f/8tAsap8VjSxQTPTH35ukRu8V3QG8FH60+qY+sdIAQQNam9r+o9igGJxldUIhZzT6infx+vy1nWEZQ0K4HZJ5ihU\
        2dWIVceSLsQVBNS9PC22kF5wdHeokJVf01PURMMBljIQ02h2AvEaolsiXkPY5mLL6w==
        """
    static let pathOnlySignature =
        """
        G7u5Qde6vjGOlTTSEi/e33PkiY+yOpyNRi/PsBR3FdPUm1r1TgFOivkI4nsBLmcvwf6vynqbNZEkyJ2FLs+3iiPNhWTf\
        11L+mZ802kX456I8GuG9ZJnPra79x7iK8wkdSe9JBAmFlQyPpRMHAA9wOv0G+vSZCHCh3UPMRuSukdfgtKf7CxtG64jF\
        QRwZ8JoB2Gt+2KwAeU1yxIzCvFuqSXNXiLr0T2MbaOeXMPJF9lDvnf9CNBlHSsJqeouzPnLJrn1vLxbs9d3LHBfte/WX\
        fcqQm4WEbM7DSM2XRI+QvrCzM2UC6AWYYW8fQrX+dWlNdB3cfO6E20zNghYhcq3fvQ==
        """
}

package import HTTP

/// Why a signed request is not believed.
package enum SignatureFault: Error, Equatable {
    // The request makes no sense, whoever sent it.
    case malformedSignature
    case repeatedParameter
    case missingParameter
    case malformedBase64
    case malformedNumber
    case malformedDigest
    case emptyBody

    // The request makes sense, but it is not proof enough.
    case notSigned
    case componentNotSupported
    case algorithmNotSupported
    case algorithmOfAnotherKey
    case keyIDNotUsable
    case tooLittleSigned
    case signedFieldAbsent
    case pseudoFieldNotAllowed
    case dateUnreadable
    case dateTooOld
    case dateInFuture
    case expired
    case digestMismatch
    case signatureInvalid
    case keyNotOwners

    /// What to answer with: 400 for what is malformed, 401 for the rest.
    package var status: Status {
        switch self {
        case .malformedSignature, .repeatedParameter, .missingParameter, .malformedBase64, .malformedNumber,
            .malformedDigest, .emptyBody:
            .badRequest
        default: .unauthorized
        }
    }

    /// A sentence for the body of the answer, from which the other side's developer can learn what to change.
    package var reason: String {
        switch self {
        case .malformedSignature: "The Signature or the Signature-Input header cannot be read."
        case .repeatedParameter: "A label, a parameter or a field of the signature is there twice."
        case .missingParameter:
            "The Signature header lacks keyId or signature, or has no label of Signature-Input."
        case .malformedBase64: "The signature is not Base64."
        case .malformedNumber: "The parameters created and expires must be numbers of seconds."
        case .malformedDigest: "The digest cannot be read; SHA-256 or SHA-512 is needed."
        case .emptyBody: "The request has no body."
        case .notSigned: "The request is not signed."
        case .componentNotSupported:
            "The signature covers a component, or a part of a field, that is not supported here."
        case .algorithmNotSupported:
            "The algorithm must be absent, hs2019, rsa-sha256, rsa-sha512 or ed25519; in a Signature-Input "
                + "absent, rsa-v1_5-sha256, rsa-pss-sha512 or ed25519."
        case .algorithmOfAnotherKey: "The algorithm is not one for this kind of key."
        case .keyIDNotUsable: "The keyId or keyid must be an https address."
        case .tooLittleSigned:
            "The signature must cover (request-target), host and date, and for a POST the digest as well; "
                + "with Signature-Input @method, @target-uri and created, and for a POST content-digest."
        case .signedFieldAbsent: "The signature covers a field that the request does not have."
        case .pseudoFieldNotAllowed: "(created) and (expires) need the algorithm hs2019 and their parameter."
        case .dateUnreadable: "The date cannot be read."
        case .dateTooOld: "The request was signed more than 65 minutes ago."
        case .dateInFuture: "The date is more than an hour ahead."
        case .expired: "The signature has expired."
        case .digestMismatch: "The digest is not that of the body."
        case .signatureInvalid: "The signature does not fit the request and the key."
        case .keyNotOwners: "The key and its owner are not of the same origin."
        }
    }
}

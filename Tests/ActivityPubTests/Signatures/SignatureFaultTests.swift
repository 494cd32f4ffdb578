import ActivityPub
import HTTP
import Testing

struct SignatureFaultTests {
    @Test(arguments: [
        SignatureFault.malformedSignature, .repeatedParameter, .missingParameter, .malformedBase64,
        .malformedNumber,
        .malformedDigest, .emptyBody,
    ])
    func `nonsense is the sender's mistake`(fault: SignatureFault) {
        #expect(fault.status.code == 400)
        #expect(fault.reason.hasSuffix("."))
    }

    @Test(arguments: [
        SignatureFault.notSigned, .componentNotSupported, .algorithmNotSupported, .algorithmOfAnotherKey,
        .keyIDNotUsable,
        .tooLittleSigned,
        .signedFieldAbsent, .pseudoFieldNotAllowed, .dateUnreadable, .dateTooOld, .dateInFuture, .expired,
        .digestMismatch,
        .signatureInvalid, .keyNotOwners,
    ])
    func `lack of proof may be mended by signing again`(fault: SignatureFault) {
        #expect(fault.status.code == 401)
        #expect(fault.reason.hasSuffix("."))
    }
}

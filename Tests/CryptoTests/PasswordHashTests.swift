import Crypto
import Testing

struct PasswordHashTests {
    /// RFC 7914 §12, the fourth example, cut to 32 bytes: scrypt's last step makes its output block by block.
    static let published =
        "scrypt$ln=14,r=8,p=1$"
        + Base64.encodeURL("SodiumChloride".utf8) + "$"
        + Base64.encodeURL(
            Hex.decode("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2") ?? [])

    @Test func `an example of RFC 7914 is accepted`() {
        #expect(PasswordHash.verify("pleaseletmein", against: PasswordHashTests.published))
        #expect(!PasswordHash.verify("pleaseletmeout", against: PasswordHashTests.published))
    }

    @Test func `the right password fits and others do not`() throws {
        let stored = try PasswordHash.make("correct horse \u{1F40E}")
        #expect(stored.hasPrefix("scrypt$ln=12,r=8,p=4$"))
        #expect(PasswordHash.verify("correct horse \u{1F40E}", against: stored))
        #expect(!PasswordHash.verify("correct horse", against: stored))
        #expect(!PasswordHash.verify("", against: stored))
    }

    @Test func `the same password gives another text each time`() throws {
        #expect(try PasswordHash.make("same") != PasswordHash.make("same"))
    }

    @Test func `an empty password is a password`() throws {
        #expect(try PasswordHash.verify("", against: PasswordHash.make("")))
    }

    @Test(arguments: [
        "", "scrypt", "scrypt$$$", "plain", "pleaseletmein",
        PasswordHashTests.published.replacing("scrypt$", with: "bcrypt$"),
        PasswordHashTests.published.replacing("ln=14", with: "ln=60"),
        PasswordHashTests.published.replacing("ln=14", with: "ln=-1"),
        PasswordHashTests.published.replacing("ln=14", with: "ln=0"),
        PasswordHashTests.published.replacing("r=8", with: "r=1000000"),
        PasswordHashTests.published.replacing("p=1", with: "p=99999999999999999999"),
        PasswordHashTests.published.replacing(",p=1", with: ""),
        String(PasswordHashTests.published.dropLast(2)),
        PasswordHashTests.published + "$",
    ])
    func `a text that is no hash of ours fits no password`(stored: String) {
        #expect(!PasswordHash.verify("pleaseletmein", against: stored))
    }
}

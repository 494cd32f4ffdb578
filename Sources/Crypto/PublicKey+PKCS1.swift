extension PublicKey {
    /// Takes an RSA key as PKCS #1 has it in DER (RFC 8017 §A.1.1), of 2048 to 8192 bits.
    package convenience init(pkcs1 der: [UInt8]) throws(KeyError) {
        // The reader of PEM does all the checks, and knows how long a text may be.
        try self.init(
            pem: "-----BEGIN RSA PUBLIC KEY-----\n\(Base64.encode(der))\n-----END RSA PUBLIC KEY-----\n")
    }
}

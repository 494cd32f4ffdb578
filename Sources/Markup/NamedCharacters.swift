/// Names of characters in HTML: the 252 of HTML 4.01 §24, and those of HTML §13.5 that occur in posts.
enum NamedCharacters {
    /// The scalar of a name and whether its semicolon may be missing; `nil` for names not known here.
    static func find(_ name: ArraySlice<UInt8>) -> (scalar: Unicode.Scalar, needsSemicolon: Bool)? {
        guard name.count <= longest, let value = table[packed(name)],
            let scalar = Unicode.Scalar(value & ~flag)
        else {
            return nil
        }
        return (scalar, value & flag == 0)
    }

    /// Length of the longest name in bytes.
    static let longest = 8
    /// Marks the names that old documents write without semicolon.
    private static let flag: UInt32 = 1 << 31

    /// Names have no more bytes than fit.
    private static func packed(_ name: some Sequence<UInt8>) -> UInt64 {
        name.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static let table: [UInt64: UInt32] = {
        var table: [UInt64: UInt32] = [:]
        for (offset, name) in latin1.split(separator: " ").enumerated() {
            table[packed(name.utf8)] = (0xA0 + UInt32(offset)) | flag
        }
        for (list, flag) in [(oldest, flag), (others, 0)] {
            for entry in list.split(separator: " ") {
                let parts = entry.split(separator: "=")
                guard let name = parts.first, let hex = parts.last, let value = UInt32(hex, radix: 16) else {
                    continue
                }
                table[packed(name.utf8)] = value | flag
            }
        }
        return table
    }()

    /// U+00A0 to U+00FF in order.
    private static let latin1 = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
        sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc \
        Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve \
        Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute \
        acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde \
        ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """

    private static let oldest = "amp=26 lt=3C gt=3E quot=22 AMP=26 LT=3C GT=3E QUOT=22 COPY=A9 REG=AE"

    private static let others = """
        OElig=152 oelig=153 Scaron=160 scaron=161 Yuml=178 fnof=192 circ=2C6 tilde=2DC Alpha=391 Beta=392 \
        Gamma=393 Delta=394 Epsilon=395 Zeta=396 Eta=397 Theta=398 Iota=399 Kappa=39A Lambda=39B Mu=39C \
        Nu=39D Xi=39E Omicron=39F Pi=3A0 Rho=3A1 Sigma=3A3 Tau=3A4 Upsilon=3A5 Phi=3A6 Chi=3A7 Psi=3A8 \
        Omega=3A9 alpha=3B1 beta=3B2 gamma=3B3 delta=3B4 epsilon=3B5 zeta=3B6 eta=3B7 theta=3B8 iota=3B9 \
        kappa=3BA lambda=3BB mu=3BC nu=3BD xi=3BE omicron=3BF pi=3C0 rho=3C1 sigmaf=3C2 sigma=3C3 tau=3C4 \
        upsilon=3C5 phi=3C6 chi=3C7 psi=3C8 omega=3C9 thetasym=3D1 upsih=3D2 piv=3D6 ensp=2002 emsp=2003 \
        thinsp=2009 zwnj=200C zwj=200D lrm=200E rlm=200F ndash=2013 mdash=2014 lsquo=2018 rsquo=2019 \
        sbquo=201A ldquo=201C rdquo=201D bdquo=201E dagger=2020 Dagger=2021 bull=2022 hellip=2026 \
        permil=2030 prime=2032 Prime=2033 lsaquo=2039 rsaquo=203A oline=203E frasl=2044 euro=20AC \
        image=2111 weierp=2118 real=211C trade=2122 alefsym=2135 larr=2190 uarr=2191 rarr=2192 darr=2193 \
        harr=2194 crarr=21B5 lArr=21D0 uArr=21D1 rArr=21D2 dArr=21D3 hArr=21D4 forall=2200 part=2202 \
        exist=2203 empty=2205 nabla=2207 isin=2208 notin=2209 ni=220B prod=220F sum=2211 minus=2212 \
        lowast=2217 radic=221A prop=221D infin=221E ang=2220 and=2227 or=2228 cap=2229 cup=222A int=222B \
        there4=2234 sim=223C cong=2245 asymp=2248 ne=2260 equiv=2261 le=2264 ge=2265 sub=2282 sup=2283 \
        nsub=2284 sube=2286 supe=2287 oplus=2295 otimes=2297 perp=22A5 sdot=22C5 lceil=2308 rceil=2309 \
        lfloor=230A rfloor=230B lang=2329 rang=232A loz=25CA spades=2660 clubs=2663 hearts=2665 diams=2666 \
        apos=27 Tab=9 NewLine=A excl=21 num=23 dollar=24 percnt=25 lpar=28 rpar=29 ast=2A midast=2A \
        plus=2B comma=2C period=2E sol=2F colon=3A semi=3B equals=3D quest=3F commat=40 lsqb=5B lbrack=5B \
        bsol=5C rsqb=5D rbrack=5D Hat=5E lowbar=5F grave=60 lcub=7B lbrace=7B verbar=7C vert=7C rcub=7D \
        rbrace=7D hyphen=2010 dash=2010 nldr=2025 mldr=2026 phone=260E star=2606 starf=2605 check=2713 \
        cross=2717 inodot=131 Scedil=15E scedil=15F Gbreve=11E gbreve=11F Idot=130 lstrok=142 Lstrok=141 \
        ccaron=10D Ccaron=10C zcaron=17E Zcaron=17D ecaron=11B Ecaron=11A rcaron=159 Rcaron=158 aogon=105 \
        Aogon=104 eogon=119 Eogon=118 nacute=144 sacute=15B zacute=17A cacute=107 zdot=17C Zdot=17B
        """
}

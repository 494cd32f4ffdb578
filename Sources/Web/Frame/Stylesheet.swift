/// How the pages look: the reader's own fonts, light or dark as they like it, from 320 pixels on, in both directions.
///
/// Text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3) and what is filled in has edges of 3 to 1 (1.4.11) in both
/// schemes. What a class is for stands in CONTRIBUTING; the owner's own style comes after this one and may set each of
/// the colours anew.
enum Stylesheet {
    /// The style as it is sent: blanks are for those who read it here.
    static let text = shortened([elements, forms, lists, posts, reading, frame].joined(separator: "\n"))

    /// Colours, and what no class is needed for.
    static let elements = #"""
        :root { color-scheme: light dark; --paper: #eef3f4; --card: #fff; --ink: #17242b; --dim: #50616b;
          --line: #d3dde0;
          --edge: #7c8f99; --tint: #e2edf1; --accent: #17607f; --on-accent: #fff; --danger: #a8322a;
            --on-danger: #fff;
          --good: #276b41; --round: .75rem; --gap: 1rem; --column: 40rem; --text: system-ui, sans-serif;
          --display: Charter, Palatino, "Palatino Linotype", "Noto Serif", Georgia, serif }
        @media (prefers-color-scheme: dark) { :root { --paper: #0f171b; --card: #172126; --ink: #e2eaed;
          --dim: #9db0ba;
          --line: #2b3a42; --edge: #6d828e; --tint: #20323b; --accent: #83c6e1; --on-accent: #06222e;
            --danger: #f2998f;
          --on-danger: #3a0a06; --good: #8fd0a8 } }
        *, ::before, ::after { box-sizing: border-box }
        html { scroll-padding-block: 4rem 4.5rem; text-size-adjust: 100% }
        body { margin: 0; min-height: 100vh; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--text);
          overflow-wrap: anywhere }
        body::before { content: ""; display: block; height: var(--banner-height, 0);
          background: var(--banner, none) center / cover }
        main, .site { max-width: var(--column); margin-inline: auto; padding-inline: var(--gap) }
        main { padding-block: .5rem 2rem }
        main:focus { outline: 0 }
        a { color: var(--accent); text-underline-offset: .15em }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem }
        h1, h2, h3 { font-family: var(--display); line-height: 1.2; text-wrap: balance; font-weight: 600 }
        h1 { font-size: 1.75rem; margin: 1.25rem 0 .75rem }
        h2 { font-size: 1.25rem; margin: 2rem 0 .6rem }
        h3 { font-size: 1.05rem; margin: 1.25rem 0 .4rem }
        p, ul, ol, dl { margin: .6rem 0 }
        ul, ol { padding-inline-start: 1.4rem }
        hr { border: 0; border-top: 1px solid var(--line); margin: 1.5rem 0 }
        img, video { max-width: 100% }
        code, pre, kbd { font: .92em/1.5 ui-monospace, "DejaVu Sans Mono", monospace }
        code, kbd { background: var(--tint); padding: .1em .3em; border-radius: .3em }
        pre { background: var(--tint); padding: .75rem; border-radius: .5rem; overflow-x: auto; margin: .6rem 0 }
        pre code { background: none; padding: 0 }
        blockquote { margin: .6rem 0; padding-inline-start: .9rem; border-inline-start: 3px solid var(--line) }
        small, .note, .handle, .time { color: var(--dim); font-size: .875rem }
        .note { margin: .4rem 0 }
        .handle { margin: 0; font-weight: 400; unicode-bidi: plaintext }
        h1.quiet { font: 600 1rem var(--text); color: var(--dim) }
        .empty { padding: 2.5rem 1rem; text-align: center; color: var(--dim) }
        .emoji { width: 1.35em; height: 1.35em; object-fit: contain; vertical-align: -.3em }
        .badge, .count { display: inline-block; padding: 0 .5em; border-radius: 1em; background: var(--tint);
          color: var(--ink);
          font-size: .8rem; line-height: 1.6 }
        .badge.danger { background: var(--danger); color: var(--on-danger) }
        .hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); white-space: nowrap }
        .skip:focus { position: fixed; z-index: 3; inset-block-start: .5rem; inset-inline-start: .5rem;
          padding: .6rem 1rem;
          background: var(--card); border-radius: .5rem }
        .problem, .done, .hint { margin: 1rem 0; padding: .7rem 1rem; border: 1px solid var(--line);
          border-inline-start: .3rem solid var(--accent);
          border-radius: .5rem; background: var(--card) }
        .problem { border-inline-start-color: var(--danger) }
        .done { border-inline-start-color: var(--good) }
        """#

    /// Without the blanks that say nothing. A line of ours breaks where a blank may stand.
    static func shortened(_ style: String) -> String {
        var result: [UInt8] = []
        var isBlank = false
        for byte in style.utf8 {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
                isBlank = true
                continue
            }
            let isClosed = result.last.map { "{};,:".utf8.contains($0) } ?? true
            if isBlank && !isClosed && !"{};,".utf8.contains(byte) { result.append(UInt8(ascii: " ")) }
            isBlank = false
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// The navigation, narrow and wide, and the other circumstances a page is seen in.
extension Stylesheet {
    static let frame = #"""
        .sections { z-index: 2; display: flex; justify-content: space-around; background: var(--card);
          border: 0 solid var(--line) }
        .sections a { position: relative; display: flex; align-items: center; justify-content: center;
          gap: .7rem; min-height: 3.2rem; flex: 1; padding: .3rem .4rem;
          color: var(--dim); text-decoration: none; font-weight: 600 }
        .sections a:hover { color: var(--ink) }
        .sections a::before { font-size: 1.3rem; margin: 0 }
        .sections [aria-current] { color: var(--accent); box-shadow: inset 0 3px var(--accent) }
        .sections .count { background: var(--accent); color: var(--on-accent) }
        .site { color: var(--dim); font-size: .875rem }
        footer.site { padding-block: .75rem 2rem }
        header.site { display: flex; align-items: center; gap: .75rem; padding-block: .75rem; font-weight: 600 }
        header.site a { color: inherit; text-decoration: none }

        @media (max-width: 39.99rem) {
          :root { --gap: .75rem }
          .sections { position: fixed; inset-block-end: 0; inset-inline: 0; border-top-width: 1px;
            padding-bottom: env(safe-area-inset-bottom) }
          .sections a, .acts :is([href*="?reply="], [formaction$=reblog], [formaction$=favourite],
            [formaction$=bookmark]) { font-size: 0 }
          .acts b { font-size: .875rem }
          .sections .count { position: absolute; inset-block-start: .4rem; inset-inline-start: 55%;
            font-size: .7rem; padding: 0 .4em }
          .sections ~ footer { padding-bottom: 5rem }
          .post { margin-inline: calc(-1 * var(--gap)); padding-inline: var(--gap); border-inline: 0;
            border-radius: 0 !important }
        }
        @media (min-width: 40rem) { .sections { position: sticky; inset-block-start: 0;
          border-bottom-width: 1px } }
        @media (min-width: 72rem) {
          .sections { position: fixed; inset-block: 0;
            inset-inline-start: calc(50% - var(--column) / 2 - 15rem); width: 14rem; flex-direction: column;
            justify-content: flex-start; gap: .2rem; padding-block: 1.5rem; background: none; border: 0;
              overflow-y: auto }
          .sections a { flex: none; justify-content: flex-start; min-height: 2.9rem; padding-inline: 1rem;
            border-radius: .6rem }
          .sections a:hover, .sections [aria-current] { background: var(--tint); box-shadow: none }
          .sections [href="/home/write"] { background: var(--accent); color: var(--on-accent);
            margin-block: .6rem }
          .sections .count { margin-inline-start: auto }
        }
        @media (max-height: 22rem) { .sections { position: static } }
        @media (forced-colors: active) { .sections [aria-current], [aria-pressed=true] {
          outline: 2px solid Highlight } meter, progress { appearance: auto } }
        @media print { .sections, .acts, .ways, .tabs, .skip, footer.site, form {
          display: none } body, .post, main { background: none; color: #000 }
          main { max-width: none } .post { break-inside: avoid } }
        """#
}

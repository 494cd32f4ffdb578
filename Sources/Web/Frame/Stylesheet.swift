/// How the pages look: the reader's own fonts, light or dark as they like it, down to 320 pixels.
///
/// Text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3) in both schemes.
enum Stylesheet {
    static let text = """
        :root { color-scheme: light dark; --paper: #fbfaf7; --card: #fff; --ink: #1d2429; --dim: #55616a;
          --line: #d9d5cb; --link: #175a86; --mark: #2f6d8f }
        @media (prefers-color-scheme: dark) { :root { --paper: #14181b; --card: #1c2226; --ink: #e4e7e9; --dim: #a3afb7;
          --line: #363f45; --link: #8cc4ea; --mark: #5b9bc0 } }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
          overflow-wrap: anywhere }
        main, footer.site { max-width: 40rem; margin: 0 auto; padding: 0 1rem }
        a { color: var(--link) }
        a:focus-visible, summary:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px }
        h1 { font-size: 1.4rem; line-height: 1.25; margin: 1rem 0 .25rem }
        h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem }
        .quiet { font-size: 1rem; font-weight: 600; color: var(--dim) }
        .profile { position: relative; padding-top: 1rem }
        .profile h1 a { color: inherit; text-decoration: none }
        .banner { display: block; width: 100%; aspect-ratio: 3; object-fit: cover; border-radius: .5rem }
        .portrait { display: block; margin-top: .75rem; border-radius: .75rem; object-fit: cover }
        .handle, .note, .time { color: var(--dim); font-size: .9rem }
        .handle { margin: 0 }
        .note { margin: .5rem 0 0 }
        .fields { margin: 1rem 0; border: 1px solid var(--line); border-radius: .5rem; overflow: hidden }
        .fields div { padding: .5rem .75rem }
        .fields div + div { border-top: 1px solid var(--line) }
        .fields dt { color: var(--dim); font-size: .85rem }
        .fields dd { margin: 0 }
        .post { margin: .75rem 0; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line);
          border-radius: .6rem }
        .post.main { border-color: var(--mark) }
        .post > header { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center;
          justify-content: space-between }
        .author { display: flex; gap: .6rem; align-items: center; color: inherit; text-decoration: none; min-width: 0 }
        .author .p-name { font-weight: 600; display: block }
        .avatar { border-radius: .4rem; object-fit: cover; flex: none }
        .e-content p { margin: .6rem 0 }
        .e-content pre { overflow-x: auto }
        .e-content blockquote { margin: .6rem 0; padding-left: .8rem; border-left: 3px solid var(--line) }
        .quote { margin: .6rem 0; padding: .5rem .8rem; border: 1px solid var(--line); border-radius: .4rem }
        .quote p { margin: .3rem 0 0 }
        .poll { margin: .6rem 0; padding: 0; list-style: none }
        .poll li { margin: .4rem 0 }
        .poll meter { display: block; width: 100% }
        summary { cursor: pointer; margin: .6rem 0 }
        .media { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .5rem; margin-top: .6rem }
        .media img, .media video, .media audio { display: block; width: 100%; max-width: 100%; height: auto;
          border-radius: .4rem }
        .invisible { font-size: 0; line-height: 0; display: inline-block; width: 0; height: 0; position: absolute }
        .ellipsis::after { content: "\\2026" }
        nav { display: flex; justify-content: space-between; gap: 1rem; margin: 1rem 0 }
        code { font-size: .95em }
        footer.site { margin-top: 2rem; padding-bottom: 2rem; color: var(--dim); font-size: .85rem }

        """
}

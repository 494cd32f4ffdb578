/// Posts with all that hangs on them, and people.
extension Stylesheet {
    static let posts = #"""
        .post { padding: 1rem 1.1rem .6rem; background: var(--card); border: 1px solid var(--line);
          scroll-margin-block: 4rem }
        .post + .post { border-top: 0 }
        .post:first-child, :not(.post) + .post { border-start-start-radius: var(--round);
          border-start-end-radius: var(--round) }
        .post:last-child, .post:not(:has(+ .post)) { border-end-start-radius: var(--round);
          border-end-end-radius: var(--round) }
        .post.main, .post.main + .post { border: 2px solid var(--accent); border-radius: var(--round);
          margin-block: .75rem }
        .post.main + .post { border: 1px solid var(--line) }
        .post.main > :is(.e-content, .text), .post.main > details > :is(.e-content, .text) { font-size: 1.15rem }
        .post.new { border-inline-start: 4px solid var(--accent) }
        .post:target { background: color-mix(in srgb, var(--tint) 45%, var(--card)) }
        .post > header { display: flex; flex-wrap: wrap; gap: .2rem .75rem; align-items: center;
          justify-content: space-between }
        .post > header > .time { text-decoration: none }
        .post > header > .time:hover { text-decoration: underline }
        .boosted { margin: 0 0 .5rem; color: var(--dim); font-size: .875rem }
        .boosted a { color: inherit }
        .author { display: flex; gap: .7rem; align-items: center; color: inherit; text-decoration: none;
          min-width: 0 }
        .author > span, .author > .what { display: grid; justify-items: start; min-width: 0; line-height: 1.3 }
        .author bdi { font-weight: 650 }
        .author:hover bdi { text-decoration: underline }
        .author img, .avatar, .portrait { border-radius: 28%; object-fit: cover; flex: none;
          background: var(--tint) }
        .e-content, .text { margin-block: .5rem; unicode-bidi: isolate }
        :is(.e-content, .text) > :first-child { margin-top: 0 }
        :is(.e-content, .text, .p-note) p { unicode-bidi: plaintext; text-align: start }
        :is(.e-content, .text) a { text-decoration-color: color-mix(in srgb, currentColor 40%, transparent) }
        .post details > summary { padding: .5rem .8rem; background: var(--tint); border-radius: .5rem;
          margin-block: .5rem }
        .media { display: grid; grid-template-columns: 1fr 1fr; gap: .4rem; margin-block: .6rem;
          overflow: hidden; border-radius: .6rem }
        .media > :is(:only-child, audio, :first-child:nth-last-child(odd)) { grid-column: 1 / -1 }
        .media > figure { margin: 0 }
        .media :is(img, video) { display: block; width: 100%; height: 100%; max-height: 34rem;
          object-fit: cover; aspect-ratio: 16 / 10; background: var(--tint) }
        .media > :only-child :is(img, video), .media > video:only-child { height: auto; aspect-ratio: auto }
        .media audio { width: 100% }
        .quote, .card { display: block; margin: .6rem 0; padding: .6rem .9rem; border: 1px solid var(--line);
          border-radius: .6rem }
        .quote p { margin: .3rem 0 0 }
        .quote > a { color: inherit; text-decoration: none; font-weight: 600 }
        .card { display: flex; gap: .9rem; align-items: center; color: inherit; text-decoration: none;
          overflow: hidden }
        .card img { width: 5.5rem; height: 5.5rem; object-fit: cover; margin: -.6rem; margin-inline: -.9rem 0;
          flex: none }
        .card .what { min-width: 0 }
        .card .title { display: block; font-weight: 600; line-height: 1.35 }
        .poll { margin: .6rem 0; padding: 0; list-style: none }
        .poll li, .poll label { display: block; padding-block: .3rem }
        .acts { display: flex; flex-wrap: wrap; gap: 0 .25rem; margin: .35rem -.5rem 0 }
        .acts form { display: contents }
        .acts :is(a, button) { display: inline-flex; align-items: center; gap: .4rem; min-width: 2.25rem;
          min-height: 2.25rem; padding: .25rem .5rem;
          border: 0; border-radius: .5rem; background: none; color: var(--dim);
            font: 500 .875rem/1.2 var(--text); text-decoration: none }
        .acts :is(a, button):hover { background: var(--tint); color: var(--ink) }
        .acts [aria-pressed=true] { color: var(--accent); font-weight: 700 }
        .acts ::before { font-size: 1.1rem; margin: 0 }
        .post > .acts { justify-content: space-between }
        .profile > .acts { gap: .5rem; margin-inline: 0 }
        .profile > .acts :is(a, button) { padding-inline: 1rem; border: 1px solid var(--edge);
          color: var(--accent); background: var(--card) }
        .profile [formaction$="/follow"] { color: var(--on-accent); background: var(--accent) }
        .group { margin: .75rem 0; padding: .6rem 1.1rem; background: var(--card);
          border: 1px solid var(--line); border-radius: var(--round) }
        .group.new { border-inline-start: 4px solid var(--accent) }
        .group > h2 { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .7rem; margin: 0;
          font: 400 1rem/1.4 var(--text) }
        .group > h2 img { width: 2rem; height: 2rem; border-radius: 28% }
        .group > h2 a { color: inherit; font-weight: 650 }
        .group > h2 > span { flex: 1 1 8rem }
        time { color: var(--dim); font-size: .875rem }
        .group .post { padding: .5rem 0 0; border: 0; margin: 0 }
        .group .quote a { font-weight: 400; color: var(--dim) }
        .invisible { font-size: 0; line-height: 0; display: inline-block; width: 0; height: 0;
          position: absolute }
        .ellipsis::after { content: "\2026" }
        .profile { padding-top: .75rem }
        .banner { display: block; width: 100%; aspect-ratio: 3; object-fit: cover; border-radius: var(--round);
          background: var(--tint) }
        .portrait { display: block; border: 4px solid var(--paper); width: 6.5rem; height: 6.5rem;
          margin-inline-start: .75rem }
        .banner + .portrait { margin-top: -3.5rem; position: relative }
        .profile h1 { margin: .5rem 0 0 }
        .profile h1 a { color: inherit; text-decoration: none }
        """#
}

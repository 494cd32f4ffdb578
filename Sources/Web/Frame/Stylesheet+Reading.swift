/// What only the owner's pages have: people in few bytes, the depth of replies, and lines of notifications.
extension Stylesheet {
    static let reading = #"""
        .who { display: grid; grid-template-columns: auto 1fr; gap: 0 .7rem; align-items: center;
          color: inherit; text-decoration: none; line-height: 1.3; min-width: 0 }
        .who bdi { font-weight: 650; align-self: end }
        .who:hover bdi { text-decoration: underline }
        .who small { align-self: start; unicode-bidi: plaintext }
        .who img, .group > h2 > img { grid-row: 1 / 3; width: 3rem; height: 3rem; border-radius: 28%;
          object-fit: cover; background: var(--tint) }
        .group > h2 { font: 500 1rem/1.4 var(--text); display: flex; flex-wrap: wrap; gap: .3rem .5rem;
          align-items: center; margin: .75rem 0 .5rem }
        .group > h2 > img { width: 2rem; height: 2rem }
        .group.new { border-inline-start: 4px solid var(--accent) }
        .d2 { margin-inline-start: .75rem }
        .d3 { margin-inline-start: 1.5rem }
        .d4 { margin-inline-start: 2.25rem }
        .d5 { margin-inline-start: 3rem }
        """#
}

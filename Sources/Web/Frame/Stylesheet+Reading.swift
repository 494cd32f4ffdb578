/// What only the owner's pages have: people in few bytes, and the depth of replies.
extension Stylesheet {
    static let reading = #"""
        .who { display: grid; grid-template-columns: auto 1fr; gap: 0 .7rem; align-items: center;
          color: inherit; text-decoration: none; line-height: 1.3; min-width: 0 }
        .who bdi { font-weight: 650; align-self: end }
        .who small { align-self: start; unicode-bidi: plaintext }
        .who img { grid-row: 1 / 3; width: 3rem; height: 3rem; border-radius: 28%;
          object-fit: cover; background: var(--tint) }
        .d2 { margin-inline-start: .75rem }
        .d3 { margin-inline-start: 1.5rem }
        .d4 { margin-inline-start: 2.25rem }
        .d5 { margin-inline-start: 3rem }
        """#
}

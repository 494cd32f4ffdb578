/// Lists, boxes, tabs, tables and numbers.
extension Stylesheet {
    static let lists = #"""
        .box, .preview, .fields, .list, .people { background: var(--card); border: 1px solid var(--line);
          border-radius: var(--round) }
        .box, .preview { margin: 1rem 0; padding: .25rem 1.1rem 1rem }
        :is(.box, .preview) > :is(h2, h3, p):first-child { margin-top: .75rem }
        .preview { border-style: dashed; border-color: var(--edge) }
        .list, .people { margin: 1rem 0; padding: 0; list-style: none }
        :is(.list, .people) > li { padding: .75rem 1rem }
        :is(.list, .people) > li + li { border-top: 1px solid var(--line) }
        .item { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .9rem }
        .item > .what { flex: 1 1 12rem; min-width: 0 }
        .item p { margin: .15rem 0 }
        .tabs { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 1rem 0;
          border-bottom: 1px solid var(--line) }
        .tabs a { padding: .5rem .1rem; margin-bottom: -1px; border-bottom: 3px solid transparent;
          color: var(--dim); text-decoration: none; font-weight: 600 }
        .tabs a:hover { color: var(--ink) }
        .tabs [aria-current] { color: var(--ink); border-color: var(--accent) }
        .ways { display: flex; justify-content: space-between; gap: 1rem; margin: 1.25rem 0 }
        .ways a { padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .6rem;
          background: var(--card); text-decoration: none; font-weight: 600 }
        .ways [rel=next] { margin-inline-start: auto }
        .facts { display: grid; grid-template-columns: minmax(40%, 1fr) auto; margin: 1rem 0 }
        .facts > * { padding: .4rem 0; border-bottom: 1px solid var(--line) }
        .facts dd { padding-inline-start: 1rem; font-variant-numeric: tabular-nums; text-align: end }
        dt { color: var(--dim) }
        dd { margin: 0 }
        .fields { overflow: hidden }
        .fields dt { padding: .5rem .9rem 0; font-size: .85rem }
        .fields dd { padding: 0 .9rem .5rem }
        .fields dd + dt { border-top: 1px solid var(--line) }
        .verified { background: color-mix(in srgb, var(--good) 12%, var(--card)) }
        .scroll { overflow-x: auto; margin: 1rem 0 }
        table { border-collapse: collapse; width: 100%; overflow-wrap: normal;
          font-variant-numeric: tabular-nums }
        caption { text-align: start; padding-bottom: .4rem; color: var(--dim) }
        th, td { padding: .45rem .6rem; text-align: start; vertical-align: top;
          border-bottom: 1px solid var(--line) }
        thead th { color: var(--dim); font-size: .85rem }
        .scroll :is(th, td) { min-width: 6.5rem }
        .number { text-align: end; white-space: nowrap }
        meter, progress { display: block; width: 100%; height: .5rem; border: 0; border-radius: 1rem;
          background: var(--tint); appearance: none; overflow: hidden }
        ::-webkit-meter-bar, ::-webkit-progress-bar { height: .5rem; border: 0; background: var(--tint) }
        ::-webkit-meter-optimum-value, ::-webkit-progress-value { background: var(--accent) }
        ::-moz-meter-bar, ::-moz-progress-bar { background: var(--accent) }
        summary { cursor: pointer; font-weight: 600; padding-block: .3rem }
        """#
}

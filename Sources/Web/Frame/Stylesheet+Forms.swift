/// Buttons and what is filled in.
extension Stylesheet {
    static let forms = #"""
        button, .button { display: inline-flex; align-items: center; justify-content: center; gap: .4rem;
          min-height: 2.5rem;
          padding: .4rem 1rem; font: 600 .95rem/1.2 var(--text); color: var(--accent); background: var(--card);
          border: 1px solid var(--edge); border-radius: .6rem; cursor: pointer; text-decoration: none }
        button:hover, .button:hover, [aria-pressed=true] { background: var(--tint) }
        .primary, form.stack > button:not([class]) { color: var(--on-accent); background: var(--accent);
          border-color: transparent }
        button.danger, .button.danger { color: var(--danger) }
        button.primary:hover, .button.primary:hover, form.stack > button:not([class]):hover {
          background: var(--accent); filter: brightness(1.08) }
        button.danger:hover, .button.danger:hover { background: var(--danger); color: var(--on-danger) }
        button.quiet { min-height: 1.5rem; padding: 0; border: 0; background: none; font-weight: 400;
          text-decoration: underline;
          text-underline-offset: .15em }
        button:disabled { opacity: .6; cursor: default }

        form { margin: 0 }
        input, select, textarea { font: inherit; color: inherit; background: var(--card);
          border: 1px solid var(--edge); border-radius: .5rem;
          padding: .5rem .65rem; max-width: 100%; min-height: 2.5rem; accent-color: var(--accent) }
        textarea { display: block; width: 100%; min-height: 8rem; resize: vertical; line-height: 1.5 }
        [type=checkbox], [type=radio] { width: 1.2rem; height: 1.2rem; min-height: 0; margin: 0;
          margin-inline-end: .4rem; vertical-align: -.2rem; flex: none }
        [type=color] { padding: .2rem; width: 4rem }
        [type=file] { border-style: dashed; width: 100% }
        [aria-invalid=true] { border: 2px solid var(--danger) }
        ::placeholder { color: var(--dim); opacity: 1 }
        label { font-weight: 500 }
        label .note, label small { display: block; font-weight: 400 }
        label:has(> :is([type=checkbox], [type=radio])) { display: block; padding-block: .25rem;
          padding-inline-start: 1.6rem; text-indent: -1.6rem }
        label > .note { text-indent: 0; margin: 0 }
        fieldset { margin: 1rem 0; padding: .5rem 1rem 1rem; border: 1px solid var(--line);
          border-radius: var(--round); min-width: 0 }
        fieldset.plain { border: 0; padding: 0 }
        legend { font-weight: 600; padding-inline: .3rem }
        .plain > legend { padding: 0 }
        .stack { display: flex; flex-direction: column; align-items: flex-start; gap: .9rem; margin: 1rem 0 }
        .stack > * { margin-block: 0; max-width: 100% }
        .stack > :is(label, fieldset, div, ul, p, textarea, details) { width: 100% }
        .stack label > :is(input, select):not([type=checkbox], [type=radio], [type=color]) { display: block;
          width: 100%; margin-top: .25rem }
        .stack label > textarea { margin-top: .25rem }
        .row, .search, .toolbar, .relations { display: flex; flex-wrap: wrap; align-items: center;
          gap: .5rem .75rem }
        form:is(.row, .search) { align-items: flex-end }
        :is(.row, .search) > label { flex: 1 1 12rem }
        :is(.row, .search) > label > :is(input, select):not([type=checkbox], [type=radio]) { display: block;
          width: 100%; margin-top: .25rem }
        .toolbar { margin: .75rem 0; justify-content: space-between }
        .cols { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
          gap: .9rem 1.5rem; align-items: start }
        """#
}

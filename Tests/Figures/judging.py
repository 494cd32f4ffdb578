"""Prints figures as a table and checks them."""


def judge(report, rows):
    """Prints figures as a table, then checks them; rows are (name, value, unit, limit or None, judged)."""
    print("\n| figure | value | must reach | |\n|---|---|---|---|")
    for name, value, unit, limit, judged in rows:
        verdict = ""
        if value is None:
            verdict = "not measured"
        elif limit is not None:
            verdict = ("ok" if value <= limit else "too much") + ("" if judged else ", not judged")
        shown = "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3g}"
        wanted = "–" if limit is None else f"{limit:g} {unit}"
        print(f"| {name} | {shown} {unit} | {wanted} | {verdict} |", flush=True)
    for name, value, unit, limit, judged in rows:
        if limit is not None and (judged or value is None):
            with report(name):
                assert value is not None, "not measured"
                assert value <= limit, f"{value:g} {unit}, must reach {limit:g}"

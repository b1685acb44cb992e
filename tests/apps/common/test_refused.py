"""What a refused act says: true for a team as for an authority."""

from maillage.apps.common.refused import NotAllowed


def test_the_refusal_sends_nobody_to_who_carries_a_project():
    said = str(NotAllowed("confier ce dossier"))
    assert said.startswith("Vos rôles ne permettent pas de confier ce dossier.")
    assert "projet" not in said

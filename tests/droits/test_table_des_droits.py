"""The table of rights says something of everyone, and its page says the same."""

import pytest
from tools.droits import Declared

TABLE = """
personnes: {visiteur: Visiteur, membre: Membre, gerante: Gérante}
groupes: {equipe: [membre, gerante]}
publiques: {pages: {web:accueil: }}
profils:
  lire: {visiteur: connexion, equipe: {preparation: autorisé, partage: lecture, archive: caché}, reste: caché}
routes:
  pages:
    web:page: {GET: lire, POST: {gerante: autorisé, "visiteur, membre": refusé, reste: caché}, avec: {numero: 1}}
"""


def test_a_row_says_what_everyone_meets_in_each_state():
    get, post = Declared(TABLE).rows
    assert (str(get), get.objects) == ("GET web:page", {"numero": 1})
    assert get.cells == {
        "visiteur": ("connexion",) * 3,
        "membre": ("autorisé", "lecture", "caché"),
        "gerante": ("autorisé", "lecture", "caché"),
    }
    assert {who: cells[0] for who, cells in post.cells.items()} == {
        "visiteur": "refusé",
        "membre": "refusé",
        "gerante": "autorisé",
    }


@pytest.mark.parametrize(("word", "other"), [("gerante: autorisé", "gerant: autorisé"), ("connexion", "peut-être")])
def test_a_word_that_means_nothing_is_refused(word, other):
    with pytest.raises(ValueError, match=other.split(":")[0]):
        Declared(TABLE.replace(word, other))

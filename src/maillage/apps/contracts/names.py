"""What a legal person is called."""

from maillage.apps.structures.legal_entities import FORMS
from maillage.apps.structures.models import LegalEntity


def called(entity: LegalEntity | None) -> str:
    """Its own name, or that of its form; « à confirmer » when it is not known who it is."""
    if entity is None:
        return "à confirmer"
    form = FORMS.get(entity.form, entity.form)
    return entity.nom or form[:1].upper() + form[1:]

"""What the log of an organisation keeps of its dossiers from who runs it without reading them."""

from django.db.models import F, Q, QuerySet

from maillage.apps.accounts import journal
from maillage.apps.accounts.models import Organisation, Role, User
from maillage.apps.accounts.permissions import STRUCTURE_ROLES
from maillage.apps.dossiers.models import Dossier
from maillage.apps.dossiers.permissions import INSIDERS

OF_A_DOSSIER = Q(subject_type=Dossier._meta.label_lower)


def internal_acts(person: User) -> Q:
    """The internal acts (their scope is the authority) of the dossiers that a person does not read inside: those of an
    authority where they only administer, those of their own team whatever they are there. Never their own acts."""
    roles = Role.objects.filter(user=person, until=None)
    read = Organisation.objects.filter(roles__in=roles.filter(name__in=journal.READERS)).distinct()
    bodies = read.exclude(kind=Organisation.Kind.STRUCTURE)
    if not bodies:
        return Q(pk__in=[])
    hidden = _administered(bodies.exclude(roles__in=roles.filter(name__in=INSIDERS))) | _own(roles, bodies)
    return OF_A_DOSSIER & hidden & ~Q(actor=person.event_actor)


def _administered(bodies: QuerySet[Organisation]) -> Q:
    """Every act of the scope of these, but those of the dossiers that they file themselves (a collectivité)."""
    scopes = [str(each.pk) for each in bodies]
    filed = Dossier.objects.filter(filer__in=bodies).exclude(authority=F("filer"))
    return Q(scope__in=scopes) & ~Q(subject_id__in=[str(key) for key in filed.values_list("pk", flat=True)])


def _own(roles: QuerySet[Role], bodies: QuerySet[Organisation]) -> Q:
    teams = roles.filter(name__in=STRUCTURE_ROLES).values("organisation")
    rows = Dossier.objects.filter(Q(structure__organisation__in=teams) | Q(filer__in=teams), authority__in=bodies)
    told = rows.values_list("pk", "authority_id")
    found = Q(pk__in=[])
    for authority in {authority for _key, authority in told}:
        keys = [str(key) for key, body in told if body == authority]
        found |= Q(scope=str(authority), subject_id__in=keys)
    return found


journal.HIDDEN.append(internal_acts)

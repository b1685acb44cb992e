"""Files of a project: deposited by the editor, given back within the right of who asks."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maillage.apps.common.screening import PatientData
from maillage.apps.projets.files import deposit_image, file_of
from maillage.apps.projets.models import Projet
from maillage.core.kernel.problems import BadInput
from maillage.web.files import served
from maillage.web.projets.access import for_writers, of_projet, person

NO_FILE = "Choisissez une image (PNG, JPEG ou WebP)."


@require_safe
@of_projet
def show(request: HttpRequest, projet: Projet, fichier: uuid.UUID) -> FileResponse:
    """A file of the project; 404 when it is of another one, or not for this person."""
    found = file_of(projet, fichier, person(request))
    if found is None:
        raise Http404("Ce fichier n'existe pas dans ce projet.")
    return served(found)


@require_POST
@for_writers
def deposit(request: HttpRequest, projet: Projet) -> JsonResponse:
    """Keep an image: its identifier in « fichier », or what is wrong with it in « message »."""
    given = request.FILES.get("fichier")
    if given is None or given.file is None:
        return JsonResponse({"message": NO_FILE}, status=422)
    try:
        kept = deposit_image(projet, name=given.name or "", content=given.file, by=person(request), at=timezone.now())
    except PatientData:
        message = "Le nom de ce fichier peut désigner un patient : renommez-le, puis déposez-le."
        return JsonResponse({"message": message}, status=422)
    except BadInput as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    return JsonResponse({"fichier": str(kept.pk)}, status=201)

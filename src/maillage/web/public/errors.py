"""Pages of errors: what happened, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400, "Cette adresse n’est pas lisible", "Elle a peut-être été coupée en la copiant.")


def null_character(request: HttpRequest) -> HttpResponse:
    """400 of an address or of a form that holds the character U+0000."""
    return _page(
        request,
        400,
        "Cette demande contient un caractère invisible qui ne s’enregistre pas",
        "C’est le caractère nul, venu sans doute d’un copier-coller. Rien n’est enregistré. Revenez en arrière : votre "
        "saisie y est encore. Tapez de nouveau le passage collé, puis envoyez.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(request, 403, "Cette page ne vous est pas ouverte", "Revenez à l’accueil.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; the sentence of the view (« la règle … n'existe pas ») is shown."""
    told = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, 404, "Cette page n’existe pas", told or "Elle a peut-être changé d’adresse.")


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405; ``allowed`` is what the address takes, as in the header « Allow »."""
    if "GET" not in allowed:
        return _page(
            request,
            405,
            "Cette adresse ne s’ouvre pas seule",
            "Elle reçoit un formulaire. Revenez à la page où vous étiez, et servez-vous de son bouton.",
        )
    return _page(
        request,
        405,
        "Cette page se lit, elle ne reçoit pas d’envoi",
        "Ouvrez-la par son adresse ou par le menu. Pour envoyer des données, voyez l’API.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500; no query, no database."""
    return _page(
        request,
        500,
        "Une panne est de notre côté",
        "Rien de ce que vous avez saisi n’est perdu : revenez en arrière et réessayez.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose page was open too long."""
    return _page(request, 403, "Le formulaire a expiré", "Revenez en arrière, rechargez la page, envoyez de nouveau.")


def _page(request: HttpRequest, status: int, title: str, told: str) -> HttpResponse:
    """Who is signed in is not looked for before it is known, nor once something broke: maybe the database."""
    is_bare = status == 500 or not hasattr(request, "user")
    context = {"titre": title, "explication": told, "code": status, "sans_compte": is_bare}
    return render(request, "public/erreur.html", context, status=status)

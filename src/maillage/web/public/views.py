"""Pages open to all that are not a tool: home, data, legal notice, territories, help."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.apps.opening.publishing import published_slugs
from maillage.apps.territories import queries
from maillage.apps.territories.official.overview import is_only_a_try, missing
from maillage.core.rules.base import STRUCTURE_CODES
from maillage.core.rules.catalogue import rules
from maillage.core.rules.orientation import packs
from maillage.core.rules.regions import pack_codes
from maillage.core.rules.system import system
from maillage.web.exports import export
from maillage.web.public.news import recent_news
from maillage.web.regles import demarches

DATA_HEADER = (
    "source", "producteur", "porté par", "millésime", "licence", "lignes lues", "lignes écrites", "rejetées",
    "chargé le", "état",
)  # fmt: skip

STANDING = (
    "accueil", "orientation", "simuler", "aci_msp", "territoires", "et_si", "ou_s_installer", "carte", "regles", "aide",
    "appels", "registre", "donnees", "mentions",
)  # fmt: skip
"""Pages that are worth finding without a question asked."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One field, three doors, what changes in the rules."""
    return render(request, "public/accueil.html", {"nouvelles": recent_news(timezone.localdate())})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Every source of data: what is loaded, from when, under which licence; what a diagnosis lacks."""
    sources = queries.data_sources()
    if (kind := request.GET.get("format")) in ("csv", "xlsx"):
        return export(kind, "donnees-maillage", DATA_HEADER, [_row(source) for source in sources])
    context = {
        "sources": [source for source in sources if not is_only_a_try(source)],
        "essais": [source for source in sources if is_only_a_try(source)],
        "manquantes": missing(sources),
        "ecartees": [source for source in sources if source.rejected and source.rejects],
    }
    return render(request, "public/donnees.html", context)


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """Legal notice: publisher, accessibility, licence, sources, personal data."""
    return render(request, "public/mentions.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Whom to call, by region and by structure; the choice stays in the address."""
    region, structure = request.GET.get("region", ""), request.GET.get("structure", "")
    known = pack_codes()
    chosen = region if region in known else ""
    contacts = [
        contact
        for contact in packs.contacts(chosen or None)
        if structure not in STRUCTURE_CODES or structure in contact.structures
    ]
    context: dict[str, Any] = {
        "regions": [(code, packs.pack(code).libelle) for code in known],
        "region": chosen,
        "pack": packs.pack(chosen) if chosen else None,
        "structures": [(code, packs.nation().noms[code]) for code in STRUCTURE_CODES],
        "structure": structure,
        "contacts": contacts,
    }
    return render(request, "public/aide.html", context)


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the pages, not their endless simulations."""
    lines = ["User-agent: *", "Disallow: /orientation/resultat", "Disallow: /simuler/aci-msp.pdf", "Disallow: /api/"]
    lines.append("Disallow: /territoires/diagnostic")
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('web:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that stand at one address: the menu, rules, parameters, what a team may file, what it publishes."""
    addresses = [
        *(reverse(f"web:{name}") for name in STANDING),
        *(reverse("web:regle", args=[name]) for name in sorted(rules())),
        *(reverse("web:parametre", args=[text.path]) for text in system().texts()),
        *demarches.addresses(),
        *(reverse("web:page_publique", args=[slug]) for slug in published_slugs()),
    ]
    absolute = [request.build_absolute_uri(address) for address in addresses]
    return render(request, "public/sitemap.xml", {"adresses": absolute}, content_type="application/xml; charset=utf-8")


def _row(source: Any) -> tuple[Any, ...]:
    loaded = timezone.localtime(source.loaded_at).date().isoformat() if source.loaded_at else ""
    return (
        source.label, source.producer, source.carrier, source.vintage, source.licence, source.rows_read,
        source.rows_written, source.rejected, loaded, source.get_state_display(),
    )  # fmt: skip

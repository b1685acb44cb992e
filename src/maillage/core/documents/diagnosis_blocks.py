"""A diagnosis as the blocks of a document to edit, from the same content as its PDF."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from maillage.core.documents.blocks import Block, Contents, Grid, Heading, Image, Item, Paragraph

Content = Mapping[str, Any]
WIDE, NARROW = 3.0, 1.8
"""Shares of a column of text and of a narrow one."""
MAP_CM = 9.5
"""Height of a map: with the key figures, it fills the first page."""


def blocks(content: Content) -> Iterator[Block]:
    """The blocks of ``diagnosis_content``, in the order of the PDF."""
    yield Paragraph(f"{content['sous_titre']} · diagnostic du {content['jour_du_diagnostic']}", small=True)
    yield from _keys(content)
    yield Paragraph(content["choix"])
    yield from (Paragraph(note, small=True) for note in content["notes"])
    if content["epci"]:
        yield Paragraph(f"Intercommunalités : {' ; '.join(content['epci'])}.", small=True)
    yield from (Image(each["svg"], each["alternative"], each["legende"], MAP_CM) for each in content["cartes"])
    yield Contents()
    yield from _warnings(content)
    for section in content["sections"]:
        yield from _section(section, content["lieux"])
    yield from _missing(content)
    yield from _methods(content)
    if content["annexes"]:
        yield Heading("Annexe : les listes")
        for table in content["annexes"]:
            yield from _table(table)
    yield from _sources(content)


def _keys(content: Content) -> Iterator[Block]:
    rows = tuple((key["libelle"], f"{key['valeur']} {key['unite']}", key["ailleurs"]) for key in content["cles"])
    if rows:
        yield Grid(("Chiffre clé", "Ce territoire", "Ailleurs"), rows, "Chiffres clés", (), (0.4, 0.3, 0.3))


def _images(images: Sequence[Content]) -> Iterator[Block]:
    return (Image(each["svg"], each["alternative"], each["legende"]) for each in images)


def _warnings(content: Content) -> Iterator[Block]:
    if content["avertissements"]:
        yield Heading("Ce que disent les règles")
    for each in content["avertissements"]:
        texts = " ; ".join(text["titre"] for text in each["textes"])
        cited = f" Textes : {texts}." if texts else ""
        yield Item(f" {each['texte']}{cited}", f"[{each['mot']}] {each['titre']}.")


def _section(section: Content, places: Sequence[str]) -> Iterator[Block]:
    yield Heading(section["titre"])
    yield Paragraph(section["texte"])
    yield from _figures(section, places)
    yield from (Item(remark) for remark in section["remarques"])
    yield from _images(section["graphiques"])
    for table in section["tableaux"]:
        yield from _table(table)
    if section["listes"]:
        yield Paragraph(f"En annexe : {' ; '.join(section['listes'])}.", small=True)
    if section["aides"]:
        yield Heading("Les aides que le zonage ouvre", 2)
    for zone in section["aides"]:
        yield from _aids(zone)


def _figures(section: Content, places: Sequence[str]) -> Iterator[Block]:
    rows = tuple(_figure(each) for each in section["chiffres"])
    if rows:
        header = ("Chiffre", "Ce territoire", *places)
        shares = (0.44, *((0.56 / (len(places) + 1),) * (len(places) + 1)))
        yield Grid(header, rows, f"{section['titre']} : les chiffres", tuple(range(1, len(header))), shares)


def _figure(each: Content) -> tuple[str, ...]:
    trend = f"\nÉvolution : {each['evolution']}" if each["evolution"] else ""
    value = f"{each['valeur']}\n{each['densite']}" if each["densite"] else each["valeur"]
    return (f"{each['libelle']}\n{each['unite']} · {each['millesime']}{trend}", value, *each["ailleurs"])


def _table(table: Content) -> Iterator[Block]:
    yield Heading(table["titre"], 2)
    narrow = {*table["etroites"], *table["nombres"]}
    weights = [NARROW if rank in narrow else WIDE for rank in range(len(table["colonnes"]))]
    widths = tuple(weight / sum(weights) for weight in weights)
    rows = tuple(tuple(row) for row in table["lignes"])
    yield Grid(tuple(table["colonnes"]), rows, table["titre"], tuple(table["nombres"]), widths)
    said = " ".join(filter(None, (table["source"], table["note"])))
    if said:
        yield Paragraph(said, small=True)


def _aids(zone: Content) -> Iterator[Block]:
    yield Heading(zone["titre"], 3)
    rows = tuple((aid["libelle"], aid["montant"]) for aid in zone["aides"])
    if rows:
        yield Grid(("Aide", "Montant"), rows, zone["titre"], (1,), (0.6, 0.4))
    yield Paragraph(zone["note"], small=True)


def _missing(content: Content) -> Iterator[Block]:
    rows = tuple((each["objet"], each["pourquoi"], _how(each)) for each in content["manques"])
    if rows:
        yield Heading("Ce qui manque à ce diagnostic")
        yield Paragraph("Rien n'a été supposé à la place de ce qui manque.")
        yield Grid(("Donnée", "Pourquoi", "Comment l'avoir"), rows, "Ce qui manque", (), (0.28, 0.3, 0.42))


def _how(gap: Content) -> str:
    return f"{gap['comment']}\nCommande : {gap['commande']}" if gap["commande"] else str(gap["comment"])


def _methods(content: Content) -> Iterator[Block]:
    rows = tuple(
        (each["libelle"], f"{each['producteur']}\n{each['millesime']}", each["methode"]) for each in content["methodes"]
    )
    if rows:
        header = ("Chiffre", "Producteur, millésime", "Méthode et secret statistique")
        yield Heading("Les chiffres : producteurs et méthodes")
        yield Grid(header, rows, "Producteurs et méthodes", (), (0.35, 0.25, 0.4))


def _sources(content: Content) -> Iterator[Block]:
    yield Heading("Les fichiers employés")
    for each in content["sources"]:
        said = " ; ".join(filter(None, (each["producteur"], each["millesime"], each["licence"], each["chargee"])))
        yield Item(f" {said}.", f"{each['libelle']}.")
    yield Paragraph(content["recette"], small=True)
    yield Heading("À propos de ce document")
    yield Paragraph(
        f"Diagnostic établi le {content['jour_du_diagnostic']} par Maillage, logiciel libre, à partir des seuls "
        "fichiers publics cités. Il ne contient aucune donnée de patient ni de personne. Il n'a pas de valeur "
        "officielle : il ne remplace ni un zonage arrêté par l'agence régionale de santé (ARS), ni un avis sur un "
        "projet."
    )
    if content["adresse"]:
        yield Paragraph(f"Pour retrouver cette page : {content['adresse']['url']}")

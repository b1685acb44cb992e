"""What a professional declares to see the aids: the input of their simulator. No OpenFisca here."""

import datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from maillage.core.rules.aides.choices import (
    CONTRACTS,
    DOCTORS,
    PARAMEDICS,
    PRACTICES,
    PROFESSIONS,
    SIGNERS,
    TAX_ZONES,
    ZONES,
    Contract,
    Practice,
    Profession,
    TaxZone,
    Zone,
)
from maillage.core.rules.simulation.situation import (
    NUMBER,
    Count,
    Day,
    Euros,
    Quantity,
    Share,
    SimulatorSpec,
    Situation,
    field,
)

WHO, WHERE, HOW = "Vous", "Votre zone", "Votre exercice"
CONTRACT, LIST, TAXES = "Aides déjà reçues", "Patients dont vous êtes médecin traitant", "Impôts"
FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2028, 12, 31)


def _past(day: datetime.date) -> datetime.date:
    if not FIRST <= day <= LAST:
        raise ValueError(f"une date du {FIRST:%d/%m/%Y} au {LAST:%d/%m/%Y}")
    return day


PastDay = Annotated[datetime.date, AfterValidator(_past)]
DaysOfWeek = Annotated[float, Field(ge=0, le=7), NUMBER]
HalfDays = Annotated[float, Field(ge=0, le=14), NUMBER]
DaysOfQuarter = Annotated[float, Field(ge=0, le=92), NUMBER]
DaysOfYear = Annotated[float, Field(ge=0, le=366), NUMBER]
Months = Annotated[float, Field(ge=0, le=12), NUMBER]


class SituationAides(Situation):
    """Un professionnel de santé, ou un étudiant, et une date."""

    prefix: ClassVar[str] = "aides_"

    date: Day = field(
        "Date", "Le jour auquel appliquer les règles : celui de la demande, ou aujourd'hui.", ..., group=WHO
    )
    profession: Profession = field("Profession", "La vôtre, ou « étudiant ».", ..., group=WHO, choices=PROFESSIONS)
    age: Count | None = field("Âge", "Votre âge à cette date.", unit="ans", group=WHO)
    filiere: Literal["medecine", "odontologie", "pharmacie", "maieutique"] | None = field(
        "Filière", "Les études que vous suivez, si vous êtes étudiant.", group=WHO,
        choices={"medecine": "médecine", "maieutique": "maïeutique"},
    )  # fmt: skip
    annee_d_etudes: Count | None = field("Année d'études", "1 pour la première.", group=WHO)

    zone: Zone | None = field(
        "Zone de la commune",
        "Pour un médecin : ZIP, ZAC ou hors zone ; pour les autres professions : le zonage de la profession. La zone "
        "d'une commune se lit dans l'arrêté de l'ARS, sur le site de l'ARS ou sur le portail PAPS de la région ; les "
        "caisses l'affichent aussi commune par commune.",
        group=WHERE, choices=ZONES,
    )  # fmt: skip
    qpv: bool | None = field(
        "Quartier prioritaire (QPV)", "L'adresse du cabinet est dans un quartier prioritaire de la politique de la "
        "ville : la carte du système d'information géographique de la politique de la ville le dit.", group=WHERE,
    )  # fmt: skip
    a_moins_de_10_km: bool | None = field(
        "À 10 km au plus d'une ZIP ou d'une ZAC", "Le cabinet est hors zone, à 10 km au plus d'une de ces zones.",
        group=WHERE,
    )  # fmt: skip
    zip_plus_ile_de_france: bool | None = field(
        "Commune de la liste francilienne « ZIP+ »", "L'ARS d'Île-de-France l'a retenue.", group=WHERE
    )

    date_installation: PastDay | None = field(
        "Date d'installation",
        "Le début de votre exercice libéral dans la zone, passé ou prévu ; rien : le jour demandé.",
        group=HOW,
    )
    premiere_installation: bool | None = field(
        "Première installation", "Vous n'avez jamais été installé en libéral.", group=HOW
    )
    cabinet_secondaire: bool | None = field(
        "Cabinet secondaire", "C'est un cabinet secondaire que vous ouvrez.", group=HOW
    )
    reprise_ou_creation: bool | None = field(
        "Création ou reprise d'un cabinet",
        "Oui si vous créez ou reprenez un cabinet, non si vous rejoignez un cabinet existant.",
        group=HOW,
    )
    exercice: Practice | None = field("Exercice", "Seul, en groupe ou coordonné.", group=HOW, choices=PRACTICES)
    remplacant: bool | None = field("Remplaçant", "Vous remplacez sans être installé.", group=HOW)
    inscrit_depuis_moins_d_un_an: bool | None = field(
        "Inscrit à l'Ordre depuis moins d'un an", "Pour les statuts réservés aux débuts d'exercice.", group=HOW
    )
    secteur: Literal["secteur_1", "secteur_2", "secteur_2_optam", "secteur_3"] | None = field(
        "Secteur conventionnel", "Votre secteur ; « OPTAM » vaut aussi pour l'OPTAM-ACO.", group=HOW,
        choices={"secteur_2_optam": "secteur 2 avec OPTAM", "secteur_2": "secteur 2 sans OPTAM"},
    )  # fmt: skip
    part_opposable: Share | None = field(
        "Part de l'activité à tarif opposable",
        "Celle des actes sans dépassement, si vous êtes en secteur 2.",
        unit="part, de 0 à 1",
        group=HOW,
    )
    jours_par_semaine: DaysOfWeek | None = field(
        "Jours travaillés par semaine dans la zone", "2,5 pour deux jours et demi.", unit="jours", group=HOW
    )
    demi_journees: HalfDays | None = field(
        "Demi-journées par semaine", "Pour le contrat de début d'exercice.", unit="demi-journées", group=HOW
    )
    jours_de_remplacement: DaysOfQuarter | None = field(
        "Jours de remplacement par trimestre", "Pour un remplaçant, dans la zone.", unit="jours", group=HOW
    )
    part_en_zone: Share | None = field(
        "Part de l'activité dans la zone", "Celle de vos actes qui s'y fait.", unit="part, de 0 à 1", group=HOW
    )
    jours_en_zip: DaysOfYear | None = field(
        "Jours par an en ZIP", "Pour un médecin installé hors d'une ZIP, qui y vient.", unit="jours par an", group=HOW
    )
    honoraires: Euros | None = field(
        "Honoraires de l'année", "Les honoraires conventionnels d'une année.", unit="euros par an", group=HOW
    )
    honoraires_en_zip: Euros | None = field(
        "Honoraires de l'année en ZIP", "Ceux des jours où vous venez en ZIP.", unit="euros par an", group=HOW
    )
    honoraires_mensuels: Euros | None = field(
        "Honoraires d'un mois", "Le montant moyen, sans dépassement.", unit="euros par mois", group=HOW
    )
    honoraires_trimestriels: Euros | None = field(
        "Honoraires de remplacement d'un trimestre", "Pour un remplaçant.", unit="euros par trimestre", group=HOW
    )
    actes: Quantity | None = field(
        "Actes de l'année", "Pour un masseur-kinésithérapeute.", unit="actes par an", group=HOW
    )
    continuite: bool | None = field(
        "Continuité des soins", "Vous assurez la continuité des soins, seul ou à plusieurs.", group=HOW
    )
    permanence: bool | None = field(
        "Permanence des soins (PDSA)", "Vous participez à la permanence des soins ambulatoires.", group=HOW
    )
    hopital_de_proximite: bool | None = field("Hôpital de proximité", "Une part de votre activité s'y fait.", group=HOW)
    mois_de_stagiaire: Months | None = field(
        "Mois de stagiaire dans l'année", "Les mois où vous accueillez un stagiaire à temps plein.",
        unit="mois par an", group=HOW,
    )  # fmt: skip
    accueille_jeune_medecin: bool | None = field(
        "Accueil d'un confrère qui s'installe",
        "Un médecin de moins de 50 ans, qui s'installe ou l'a fait depuis moins d'un an, vous rejoint.",
        group=HOW,
    )
    consultations_avancees: bool | None = field(
        "Consultations avancées", "Vous venez consulter en ZIP sans y être installé.", group=HOW
    )
    logiciel_conforme: bool | None = field(
        "Logiciel conforme", "Référencé Ségur et à jour, aide à la prescription certifiée, SESAM-Vitale à jour.",
        group=HOW,
    )  # fmt: skip
    part_teleservices: Share | None = field(
        "Part des actes avec téléservices",
        "Celle des actes passés par les téléservices de l'Assurance maladie.",
        unit="part, de 0 à 1",
        group=HOW,
    )

    contrat: Contract | None = field(
        "Contrat en cours", "Celui que vous avez signé et qui court ; rien : aucun.", group=CONTRACT, choices=CONTRACTS
    )
    date_signature: PastDay | None = field(
        "Date de signature", "Celle du contrat en cours ; elle va avec lui.", group=CONTRACT
    )
    renouvele: bool | None = field("Contrat renouvelé", "Il l'a été à la fin de sa première durée.", group=CONTRACT)
    date_derniere_aide: PastDay | None = field(
        "Dernière aide à l'installation reçue", "Sa date ; rien : vous n'en avez reçu aucune.", group=CONTRACT
    )
    caim_deja_signe: bool | None = field("CAIM déjà signé", "Une fois dans votre carrière.", group=CONTRACT)

    patients_non_vus: Count | None = field(
        "Patients non vus depuis 2 ans", "Ceux de votre liste au 31 décembre dernier.", unit="patients", group=LIST
    )
    patients_moins_de_7_ans: Count | None = field("De moins de 7 ans", "Sans ALD.", unit="patients", group=LIST)
    patients_de_7_a_74_ans: Count | None = field("De 7 à 74 ans", "Sans ALD.", unit="patients", group=LIST)
    patients_de_75_a_79_ans: Count | None = field("De 75 à 79 ans", "Sans ALD.", unit="patients", group=LIST)
    patients_de_80_ans: Count | None = field("De 80 ans ou plus", "Sans ALD.", unit="patients", group=LIST)
    patients_ald: Count | None = field(
        "En ALD, jusqu'à 79 ans", "En affection longue durée.", unit="patients", group=LIST
    )
    patients_ald_de_80_ans: Count | None = field("En ALD, 80 ans ou plus", "En affection longue durée.",
                                                 unit="patients", group=LIST)  # fmt: skip
    patients_c2s: Count | None = field(
        "Avec la complémentaire santé solidaire", "Parmi les patients comptés ci-dessus.", unit="patients", group=LIST
    )
    indicateurs_de_prevention: Count | None = field(
        "Indicateurs de prévention validés", "Tous patients confondus : 3 pour un patient qui en valide 3.",
        unit="indicateurs", group=LIST,
    )  # fmt: skip

    zone_fiscale: TaxZone | None = field(
        "Zone fiscale de la commune",
        "ZFRR ou ZFRR+ depuis juillet 2024, ZRR avant : l'arrêté de classement les liste, la mairie ou le service des "
        "impôts le confirment.",
        group=TAXES, choices=TAX_ZONES,
    )  # fmt: skip
    date_creation: PastDay | None = field(
        "Création ou reprise de l'activité", "La date qui ouvre l'exonération.", group=TAXES
    )
    benefice: Euros | None = field("Bénéfice de l'année", "Avant exonération.", unit="euros par an", group=TAXES)
    regime_fiscal: Literal["reel", "micro_bnc"] | None = field(
        "Régime fiscal", "Déclaration contrôlée (régime réel) ou micro-BNC.", group=TAXES,
        choices={"reel": "régime réel ou déclaration contrôlée", "micro_bnc": "micro-BNC"},
    )  # fmt: skip
    contribuable: Literal["professionnel", "collaborateur_sans_patientele", "sisa"] | None = field(
        "Qui déclare le bénéfice", "Vous, ou une société interprofessionnelle (SISA).", group=TAXES,
        choices={"sisa": "SISA", "collaborateur_sans_patientele": "collaborateur sans patientèle propre"},
    )  # fmt: skip
    salaries: Count | None = field("Salariés", "Ceux du cabinet.", unit="salariés", group=TAXES)
    moyens_en_zone: bool | None = field(
        "Siège et moyens dans la zone", "Le siège et tous les moyens d'exploitation y sont.", group=TAXES
    )
    part_hors_zone: Share | None = field(
        "Part du chiffre d'affaires hors de la zone",
        "Celui des actes faits ailleurs.",
        unit="part, de 0 à 1",
        group=TAXES,
    )
    transfert_zone_aidee: bool | None = field(
        "Transfert depuis une autre zone aidée", "L'activité y était exonérée peu avant.", group=TAXES
    )
    deliberation_cfe: bool | None = field(
        "Délibération de la commune ou de l'EPCI", "Elle exonère de CFE ou de taxe foncière.", group=TAXES
    )
    commune_de_moins_de_2000_habitants: bool | None = field(
        "Commune de moins de 2 000 habitants", "Pour l'exonération de CFE.", group=TAXES
    )
    secteur_de_garde_en_zone: bool | None = field(
        "Secteur de garde avec une ZIP ou une ZAC", "Le secteur de permanence des soins en contient au moins une.",
        group=TAXES,
    )  # fmt: skip
    jours_de_garde: DaysOfYear | None = field(
        "Jours de garde ou d'astreinte", "Ceux de l'année, en permanence des soins.", unit="jours par an", group=TAXES
    )
    remuneration_de_garde: Euros | None = field(
        "Astreintes et majorations de garde", "Ce que la permanence des soins vous a rapporté en plus des actes.",
        unit="euros par an", group=TAXES,
    )  # fmt: skip
    actes_de_garde: Euros | None = field(
        "Actes ordinaires faits en garde", "Sans les majorations.", unit="euros par an", group=TAXES
    )

    @property
    def day(self) -> datetime.date:
        return self.date

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        for wrong, said in self._faults():
            if wrong:
                raise ValueError(said)
        return self

    def _faults(self) -> tuple[tuple[bool, str], ...]:
        """What two answers cannot say together."""
        doctor, student = self.profession in DOCTORS, self.profession == "etudiant"
        medical, paramedical = self.zone in ("zip", "zac"), self.zone not in (None, "zip", "zac", "hors_zone")
        return (
            (paramedical and doctor, "une zone de médecin (ZIP, ZAC ou hors zone) pour un médecin"),
            (
                medical and self.profession in PARAMEDICS,
                "une zone du zonage de la profession, et non une ZIP ou une ZAC",
            ),
            (self.filiere is not None and not student, "une filière pour un étudiant seulement"),
            ((self.contrat is None) != (self.date_signature is None), "un contrat en cours avec sa date de signature"),
            (
                self.profession not in SIGNERS.get(self.contrat or "", (self.profession,)),
                "un contrat de votre profession",
            ),
            (
                bool(self.date_signature and self.date_signature > self.date),
                "une signature qui n'est pas après la date",
            ),
        )


SIMULATOR = SimulatorSpec(
    code="aides",
    structure="",
    title="Aides individuelles",
    summary="Les contrats, primes, statuts et exonérations d'un professionnel : certains, possibles ou exclus, "
    "combien, pendant combien de temps, et ce qui ne se cumule pas.",
    apart=("aides_collectivite_montant",),
    total="Aides de l'année",
    model=SituationAides,
    example={
        "date": "2026-03-01",
        "profession": "medecin_generaliste",
        "age": 34,
        "zone": "zip",
        "date_installation": "2026-03-01",
        "premiere_installation": True,
        "cabinet_secondaire": False,
        "exercice": "msp",
        "remplacant": False,
        "secteur": "secteur_1",
        "patients_de_7_a_74_ans": 900,
        "patients_ald": 150,
        "patients_c2s": 80,
    },
    example_source="cas AID-T1 : première installation d'un généraliste en ZIP le 1er mars 2026, avec une patientèle",
)

"""Health data: hosting, secrecy and sharing, duties of protection (esp_ess_aides.md §9)."""

import numpy as np

from maillage.core.rules.base import Condition, all_of, any_of, none_of, state_of
from maillage.core.rules.cds.formulas import Deadline, Measure, after, kind_is, listed
from maillage.core.rules.simulation.reading import known
from maillage.core.rules.simulation.spec import LineSpec
from maillage.core.rules.telesante.formulas import fact, truth

HOSTING, SECRET, DUTIES = "Hébergement des données", "Secret et partage", "Protection des données"
HOST, SHARE, DATA = "systeme_information.hebergement.", "systeme_information.secret.", "systeme_information.donnees."
OFFICER = "votre délégué à la protection des données"


class telesante_donnees_de_sante(Measure):
    label = "Les données sont des données de santé"

    def formula(structure, period, parameters):
        kinds = listed(parameters(period), HOST + "donnees_de_sante")
        found = kind_is(fact(structure, period, "donnees"), kinds or [])
        return found if kinds is not None else np.full_like(found, np.nan)


class telesante_certification(Condition):
    label = "L'hébergeur est certifié"
    spec = LineSpec(
        simulator="telesante",
        id="HDS-01",
        group=HOSTING,
        nature="condition",
        words="Données : {donnees} ; chez un tiers : {chez_un_tiers} ; hébergeur certifié : {hebergeur_certifie}. Le "
        "certificat est demandé à qui héberge, pour un autre, des données de santé de patients.",
        todo="Choisissez un hébergeur certifié, ou retirez de l'outil tout ce qui désigne un patient.",
        fields=("donnees", "chez_un_tiers", "hebergeur_certifie"),
        parameters=(HOST + "certification", HOST + "donnees_de_sante"),
        who=OFFICER,
        shown_with=("donnees",),
    )

    def formula(structure, period):
        """No certificate is asked for other data, nor of who hosts its own."""
        asked = all_of(structure("telesante_donnees_de_sante", period), truth(structure, period, "chez_un_tiers"))
        certified = truth(structure, period, "hebergeur_certifie")
        return state_of(np.where(np.isnan(asked) & (certified != 1), np.nan, certified), applies=asked != 0)


class telesante_lieu_admis(Condition):
    label = "Les données de santé sont conservées en Europe"
    spec = LineSpec(
        simulator="telesante",
        id="HDS-05",
        group=HOSTING,
        nature="condition",
        words="Lieu : {lieu}. Union européenne ou Espace économique européen seulement ; un transfert demande une "
        "décision d'adéquation ou des garanties écrites au contrat.",
        todo="Demandez à l'hébergeur de conserver les données en Europe.",
        fields=("lieu", "donnees"),
        parameters=(HOST + "lieux",),
        who=OFFICER,
        shown_with=("lieu",),
    )

    def formula(structure, period, parameters):
        places = listed(parameters(period), HOST + "lieux")
        health = structure("telesante_donnees_de_sante", period)
        hosted = all_of(health, truth(structure, period, "chez_un_tiers"))
        inside = kind_is(fact(structure, period, "lieu"), places or [])
        return state_of(inside, applies=(hosted != 0) & (places is not None))


class telesante_petits_effectifs(Measure):
    unit = "personnes"
    label = "Effectif en dessous duquel un indicateur se cache"
    spec = LineSpec(
        simulator="telesante",
        id="HDS-03",
        group=HOSTING,
        nature="repere",
        words="Un indicateur sur moins de {systeme_information.hebergement.petits_effectifs} peut désigner quelqu'un : "
        "cachez-le. Des données vraiment anonymes ne sont pas des données de santé.",
        todo="Cachez les petits effectifs.",
        fields=("donnees",),
        who=OFFICER,
        shown_for=("donnees", "indicateurs", "totaux"),
    )

    def formula(structure, period, parameters):
        return np.full(structure.count, known(parameters(period), HOST + "petits_effectifs"))


class telesante_meme_equipe(Measure):
    label = "Les deux professionnels sont d'une même équipe de soins"

    def formula(structure, period, parameters):
        """A common CPTS or ESP proves nothing: a recognition by the patient or a formal group does."""
        link = kind_is(fact(structure, period, "lien"), listed(parameters(period), SHARE + "equipes") or [])
        proofs = (truth(structure, period, name) for name in ("reconnu_par_le_patient", "groupe_formalise"))
        return any_of(link, *(np.nan_to_num(proof) for proof in proofs))


class telesante_partage_permis(Condition):
    label = "L'échange ou le partage est permis"
    spec = LineSpec(
        simulator="telesante",
        id="SEC-03",
        group=SECRET,
        nature="condition",
        words="Mode : {mode} ; destinataire : {destinataire}, qui soigne le patient : {soigne_le_patient} ; lien : "
        "{lien} ; reconnu par le patient : {reconnu_par_le_patient} ; équipe formalisée : {groupe_formalise} ; "
        "consentement : {consentement} ; opposition : {opposition}. Seulement le strict nécessaire, "
        "dans la limite de ses missions.",
        todo="Hors de l'équipe de soins, demandez le consentement du patient ; un coordinateur administratif ne lit "
        "pas les notes cliniques.",
        fields=("mode", "destinataire", "lien", "consentement", "opposition"),
        parameters=tuple(
            SHARE + name
            for name in (
                "echange", "partage_dans_l_equipe", "equipes", "consentement", "destinataires", "opposition"
            )
        ),
        who=OFFICER,
        shown_with=("mode",),
    )  # fmt: skip

    def formula(structure, period, parameters):
        """To who takes part in the care; shared without consent inside a team only; never against the patient."""
        names = listed(parameters(period), SHARE + "destinataires") or []
        named = kind_is(fact(structure, period, "destinataire"), names)
        exchange = kind_is(fact(structure, period, "mode"), ["echange"])
        free = any_of(exchange, structure("telesante_meme_equipe", period), truth(structure, period, "consentement"))
        opposed = np.nan_to_num(truth(structure, period, "opposition"))
        return state_of(all_of(named, truth(structure, period, "soigne_le_patient"), free, none_of(opposed)))


class telesante_patient_informe(Condition):
    label = "Le patient est informé"
    spec = LineSpec(
        simulator="telesante",
        id="SEC-04",
        group=SECRET,
        nature="condition",
        words="Informé : {informe}. L'information précède le partage, même sans consentement à demander.",
        todo="Informez le patient, et dites-lui qu'il peut s'opposer à tout moment.",
        fields=("informe",),
        parameters=(SHARE + "information",),
        who="le professionnel",
        shown_with=("informe",),
    )

    def formula(structure, period):
        return state_of(truth(structure, period, "informe"))


class telesante_registre(Condition):
    label = "Le registre et les informations sont tenus"
    spec = LineSpec(
        simulator="telesante",
        id="RGP-04",
        group=DUTIES,
        nature="condition",
        words="Tenus : {registre_tenu}. Registre des traitements, information des personnes, preuve des consentements, "
        "contrats avec les sous-traitants.",
        todo="Tenez le registre, écrivez la notice d'information, gardez la preuve des consentements.",
        fields=("registre_tenu",),
        parameters=(DATA + "reglement",),
        who="la structure",
        shown_with=("registre_tenu", "recherche_de_medecin"),
    )

    def formula(structure, period):
        return state_of(truth(structure, period, "registre_tenu"))


class telesante_grande_echelle(Condition):
    label = "Le délégué est désigné et l'analyse d'impact faite"
    spec = LineSpec(
        simulator="telesante",
        id="RGP-03",
        group=DUTIES,
        nature="condition",
        words="Faits : {delegue_designe} ; territoire : {habitants}. Obligatoires pour des données de santé traitées à "
        "grande échelle : une CPTS l'examine selon son territoire, un professionnel seul n'est pas concerné.",
        todo="Examinez si le traitement est à grande échelle, écrivez votre réponse et faites-la relire.",
        fields=("delegue_designe", "structure", "habitants"),
        parameters=(DATA + "grande_echelle",),
        who=OFFICER,
        shown_with=("delegue_designe", "recherche_de_medecin", "habitants"),
    )

    def formula(structure, period):
        """No threshold is written: it is met when both are done, else to be examined, never missing."""
        done = np.where(truth(structure, period, "delegue_designe") == 1, 1.0, np.nan)
        alone = kind_is(fact(structure, period, "structure"), ["cabinet"])
        return state_of(done, applies=alone != 1)


class telesante_sans_cnil(Condition):
    label = "La recherche de médecin traitant se fait sans autorisation de la CNIL"
    spec = LineSpec(
        simulator="telesante",
        id="RGP-05",
        group=DUTIES,
        nature="condition",
        words="Formulaire de recherche : {recherche_de_medecin}. La loi n'y demande pas d'autorisation ; l'ALD qui y "
        "figure est une donnée de santé : elle demande un hébergeur certifié.",
        todo="Limitez le formulaire au nom, à l'adresse, à l'âge, aux moyens de joindre la personne et à l'ALD.",
        fields=("recherche_de_medecin", "structure"),
        parameters=(DATA + "autorisation_de_la_cnil",),
        who=OFFICER,
        shown_with=("recherche_de_medecin",),
    )

    def formula(structure, period, parameters):
        """The text is about the form of a CPTS; for another structure, it is not known."""
        asked = known(parameters(period), DATA + "autorisation_de_la_cnil")
        community = kind_is(fact(structure, period, "structure"), ["cpts"])
        free = np.where(community == 1, 1.0 - asked, np.nan)
        return state_of(free, applies=truth(structure, period, "recherche_de_medecin") != 0)


class telesante_fin_de_conservation(Deadline):
    label = "Fin de conservation du dossier"
    spec = LineSpec(
        simulator="telesante",
        id="RGP-07",
        group=DUTIES,
        nature="echeance",
        words="Dernière consultation le {derniere_consultation}, {systeme_information.donnees.conservation} de "
        "conservation. Le partage entre dossier actif et archive est à confirmer.",
        todo="Dites le jour de la dernière consultation.",
        fields=("derniere_consultation",),
        who="le professionnel",
        shown_with=("derniere_consultation",),
    )

    def formula(structure, period, parameters):
        years = known(parameters(period), DATA + "conservation")
        return after(fact(structure, period, "derniere_consultation"), years=years)

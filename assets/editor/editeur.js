// The editor of a section. Without it the page has a plain field in Markdown, and loses nothing.
import { Editor } from "@tiptap/core";

import { barre } from "./barre.js";
import { dialogues } from "./dialogues.js";
import { Enregistrement } from "./enregistrement.js";
import { references } from "./noeuds.js";
import { panneau } from "./panneau.js";
import { Reserve } from "./reserve.js";
import { extensions, propre } from "./schema.js";
import { Verrou } from "./verrou.js";

function demarrer(formulaire) {
  const donnees = formulaire.dataset;
  document.documentElement.classList.add("avec-editeur");
  const etat = document.getElementById("etat-enregistrement");
  const alerte = document.getElementById("alerte-redaction");
  for (const [ref, dit] of Object.entries(JSON.parse(donnees.references))) references.set(ref, dit);

  const zone = document.createElement("div");
  formulaire.querySelector("[data-sans-script]").replaceWith(zone);
  const editeur = new Editor({
    element: zone,
    injectCSS: false,
    extensions: extensions({ apercu: donnees.apercu, fichiers: donnees.fichiers }),
    content: JSON.parse(donnees.corps),
    editorProps: {
      transformPastedHTML: sansStyle,
      attributes: {
        class: "prose feuille",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": donnees.titre,
        lang: "fr",
        spellcheck: "true",
      },
    },
  });

  const dire = (nature, mots) => {
    etat.dataset.etat = nature;
    etat.textContent = mots;
    if (nature === "enregistre" || nature === "fusion") alerte.replaceChildren();
    if (nature === "fusion") avertir(alerte, mots);
  };
  const reserve = new Reserve(donnees.cle);
  const enregistrement = new Enregistrement(
    { adresse: formulaire.action, etat: donnees.session, revision: Number(donnees.revision), csrf: donnees.csrf },
    {
      texte: () => propre(editeur.getJSON()),
      remplacer: (corps) => remplacer(editeur, corps),
      dire,
      reserve,
      bloquer: (dit) => bloquer(alerte, dire, dit, (rangs) => masquer(editeur, enregistrement, donnees.masquer, rangs)),
      fermer: () => {
        dire("echec", "Non enregistré : vous n’êtes plus connecté");
        avertir(alerte, "Votre session est fermée. Votre texte reste sur cette page. Reconnectez-vous dans un autre onglet, puis revenez ici : l’enregistrement reprendra seul.", {
          adresse: donnees.connexion, mots: "Se reconnecter dans un nouvel onglet", onglet: true,
        });
      },
      conflit: (dit, reste) => {
        if (!reste) editeur.setEditable(false);
        dire("conflit", "Deux textes à rapprocher");
        avertir(alerte, reste ? `${dit.message} Ce que vous avez tapé depuis est gardé dans cet onglet.` : dit.message, { adresse: dit.adresse, mots: "Comparer et choisir" });
      },
    },
  );

  const garde = reserve.lire();
  if (garde?.corps) {
    editeur.commands.setContent(garde.corps, { emitUpdate: false });
    enregistrement.reprendre(garde);
    avertir(alerte, "Un texte que vous aviez tapé n’était pas encore enregistré : le voici.");
  }
  editeur.on("update", () => enregistrement.change());

  barre(formulaire.querySelector("[role=toolbar]"), editeur, dialogues(editeur, { depot: donnees.depot, jeton: () => enregistrement.jeton }));
  panneau(document.getElementById("panneau-insertion"), editeur);
  new Verrou(
    { prendre: donnees.verrou, liberer: donnees.liberer, battement: Number(donnees.battement) },
    {
      jeton: () => enregistrement.jeton,
      tenu: (dit) => enregistrement.comparer(dit.revision),
      perdu: (mots) => avertir(alerte, mots),
    },
  );

  // Of the comments beside: a suggestion was accepted.
  document.addEventListener("rubrique-modifiee", () => enregistrement.relire("La suggestion est dans le texte."));
  const maintenant = () => enregistrement.envoyer();
  formulaire.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    maintenant();
  });
  document.addEventListener("keydown", (evenement) => {
    if ((evenement.ctrlKey || evenement.metaKey) && evenement.key.toLowerCase() === "s") {
      evenement.preventDefault();
      maintenant();
    }
  });
  window.addEventListener("online", maintenant);
  window.addEventListener("focus", maintenant);
  document.addEventListener("visibilitychange", maintenant);
  window.addEventListener("beforeunload", (evenement) => {
    if (enregistrement.reste()) {
      maintenant();
      evenement.preventDefault();
    }
  });
  // What leaves the page waits until the text is saved.
  for (const sortie of document.querySelectorAll("form[data-terminer]")) {
    sortie.addEventListener("submit", async (evenement) => {
      evenement.preventDefault();
      await enregistrement.finir();
      if (!enregistrement.reste()) sortie.submit();
    });
  }
  // Who signs out leaves nothing behind.
  for (const sortie of document.querySelectorAll("form[data-sortie]")) sortie.addEventListener("submit", () => reserve.vider());
}

// What is pasted comes without its look, which the policy of the pages would refuse anyway.
function sansStyle(html) {
  return html.replace(/<style\b[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
}

// Only what differs is replaced: the cursor stays where it is.
function remplacer(editeur, corps) {
  const { state, view } = editeur;
  const nouveau = state.schema.nodeFromJSON(corps);
  const debut = state.doc.content.findDiffStart(nouveau.content);
  if (debut === null) return;
  let { a, b } = state.doc.content.findDiffEnd(nouveau.content);
  const recouvrement = debut - Math.min(a, b);
  if (recouvrement > 0) {
    a += recouvrement;
    b += recouvrement;
  }
  view.dispatch(state.tr.replace(debut, a, nouveau.slice(debut, b)).setMeta("preventUpdate", true).setMeta("addToHistory", false));
}

function avertir(alerte, mots, lien) {
  const boite = document.createElement("div");
  boite.className = "notice";
  const phrase = document.createElement("p");
  phrase.textContent = mots;
  boite.append(phrase);
  if (lien) boite.append(unLien(lien));
  alerte.replaceChildren(boite);
}

function unLien({ adresse, mots, onglet }) {
  const lien = document.createElement("a");
  lien.className = "btn";
  lien.href = adresse;
  lien.textContent = mots;
  if (onglet) lien.target = "_blank";
  return lien;
}

// A text that names a patient is shown, with where, and each passage can be masked at once. It is not saved.
function bloquer(alerte, dire, dit, masquerRangs) {
  dire("echec", "Non enregistré : ce texte semble contenir des données de patient");
  avertir(alerte, dit.message);
  const boite = alerte.firstElementChild;
  boite.classList.add("error");
  const liste = document.createElement("ul");
  for (const trouve of dit.trouves) {
    const ligne = document.createElement("li");
    const extrait = document.createElement("q");
    extrait.textContent = trouve.extrait;
    ligne.append(extrait, ` — ${trouve.pourquoi} `, bouton("Masquer", `Masquer « ${trouve.extrait} »`, () => masquerRangs([trouve.rang])));
    liste.append(ligne);
  }
  boite.append(liste);
  if (dit.trouves.length > 1) boite.append(bouton("Tout masquer", "Masquer tous ces passages", () => masquerRangs(null)));
}

function bouton(mots, etiquette, faire) {
  const cree = document.createElement("button");
  cree.type = "button";
  cree.className = "btn ghost";
  cree.textContent = mots;
  cree.setAttribute("aria-label", etiquette);
  cree.addEventListener("click", faire);
  return cree;
}

// The server masks, with the same screen that stopped the text; the result is then saved as any other change.
async function masquer(editeur, enregistrement, adresse, rangs) {
  const reponse = await fetch(adresse, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": enregistrement.jeton },
    body: JSON.stringify({ corps: enregistrement.texte(), rangs }),
    redirect: "manual",
  }).catch(() => null);
  if (!reponse?.ok) return enregistrement.echec("Connexion perdue");
  remplacer(editeur, (await reponse.json()).corps);
  enregistrement.change();
  editeur.commands.focus();
  return enregistrement.envoyer();
}

for (const formulaire of document.querySelectorAll("form[data-editeur]")) demarrer(formulaire);

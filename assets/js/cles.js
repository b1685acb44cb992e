// Security keys (WebAuthn): the browser talks to the key, the form carries what it answered.
// A form says what it wants in data-cle: « creer », « montrer » or « entrer »; the options of the server stand in the
// JSON named by data-donnees, or at the address of the form.
"use strict";

const octets = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const texte = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const lus = (liste) => (liste || []).map((cle) => ({ ...cle, id: octets(cle.id) }));

const REFUS = "La clé n’a pas répondu, ou n’est pas celle de ce compte. Réessayez, ou choisissez un autre moyen.";
const NOM = "Une clé de sécurité a besoin du nom du site, pas de son adresse en chiffres : ouvrez ";

async function creer(formulaire, options) {
  const voulu = options.creation_options.publicKey;
  const seule = formulaire.querySelector("[name=passwordless]");
  const choix = { ...voulu.authenticatorSelection };
  if (seule) {
    choix.residentKey = seule.checked ? "required" : "discouraged";
    choix.requireResidentKey = seule.checked;
    if (seule.checked) choix.userVerification = "required";
  }
  const publicKey = {
    ...voulu,
    challenge: octets(voulu.challenge),
    user: { ...voulu.user, id: octets(voulu.user.id) },
    excludeCredentials: lus(voulu.excludeCredentials),
    authenticatorSelection: choix,
  };
  const cle = await navigator.credentials.create({ publicKey });
  return envoi(cle, {
    attestationObject: texte(cle.response.attestationObject),
    transports: cle.response.getTransports ? cle.response.getTransports() : [],
  });
}

async function montrer(_formulaire, options) {
  const voulu = options.request_options.publicKey;
  const publicKey = { ...voulu, challenge: octets(voulu.challenge), allowCredentials: lus(voulu.allowCredentials) };
  const cle = await navigator.credentials.get({ publicKey });
  return envoi(cle, {
    authenticatorData: texte(cle.response.authenticatorData),
    signature: texte(cle.response.signature),
    userHandle: cle.response.userHandle ? texte(cle.response.userHandle) : null,
  });
}

function envoi(cle, reponse) {
  return {
    id: cle.id,
    rawId: texte(cle.rawId),
    type: cle.type,
    authenticatorAttachment: cle.authenticatorAttachment,
    clientExtensionResults: cle.getClientExtensionResults(),
    response: { ...reponse, clientDataJSON: texte(cle.response.clientDataJSON) },
  };
}

async function options(formulaire) {
  const donnees = document.getElementById(formulaire.dataset.donnees);
  if (donnees) return JSON.parse(donnees.textContent);
  const reponse = await fetch(formulaire.action, { headers: { Accept: "application/json" } });
  return reponse.json();
}

function dire(formulaire, message) {
  const place = formulaire.querySelector("[data-cle-message]") || document.querySelector("[data-cle-message]");
  place.textContent = message;
  place.hidden = false;
}

function brancher(formulaire) {
  if (!window.PublicKeyCredential) return;
  formulaire.hidden = false;
  formulaire.addEventListener("submit", async (evenement) => {
    evenement.preventDefault();
    if (/^[\d.]+$|^\[/.test(location.hostname)) {
      dire(formulaire, `${NOM}http://localhost:${location.port || 80}/`);
      return;
    }
    try {
      const agir = formulaire.dataset.cle === "creer" ? creer : montrer;
      const reponse = await agir(formulaire, await options(formulaire));
      formulaire.querySelector("[name=credential]").value = JSON.stringify(reponse);
      formulaire.submit();
    } catch (erreur) {
      if (!(erreur instanceof DOMException) && !(erreur instanceof TypeError)) throw erreur;
      dire(formulaire, REFUS);
    }
  });
}

document.querySelectorAll("form[data-cle]").forEach(brancher);
document.querySelectorAll("[data-imprimer]").forEach((bouton) => {
  bouton.hidden = false;
  bouton.addEventListener("click", () => window.print());
});

// The small windows of the toolbar: the address of a link, an image to deposit.
export function dialogues(editeur, { depot, jeton }) {
  return { lien: () => lien(editeur), image: () => image(editeur, depot, jeton) };
}

function ouvrir(identifiant, preparer, valider) {
  const fenetre = document.getElementById(identifiant);
  const formulaire = fenetre.querySelector("form");
  formulaire.reset();
  dire(fenetre, "");
  preparer(formulaire.elements);
  fenetre.showModal();
  fenetre.querySelector("[data-renoncer]").onclick = () => fenetre.close();
  formulaire.onsubmit = async (evenement) => {
    evenement.preventDefault();
    const refus = await valider(formulaire.elements, evenement.submitter?.value);
    if (refus) dire(fenetre, refus);
    else fenetre.close();
  };
}

function dire(fenetre, mots) {
  fenetre.querySelector(".field-error").textContent = mots;
}

function lien(editeur) {
  ouvrir(
    "fenetre-lien",
    (champs) => (champs.adresse.value = editeur.getAttributes("link").href || ""),
    (champs, choix) => {
      const adresse = champs.adresse.value.trim();
      if (choix === "enlever" || !adresse) {
        editeur.chain().focus().extendMarkRange("link").unsetLink().run();
        return "";
      }
      const complete = /^[a-z]+:/i.test(adresse) ? adresse : `https://${adresse}`;
      if (!/^(https?:\/\/[^\s.]+\.\S+|mailto:\S+@\S+)$/i.test(complete)) return "Écrivez une adresse de la forme https://exemple.fr";
      const chaine = editeur.chain().focus().extendMarkRange("link");
      if (editeur.state.selection.empty && !editeur.isActive("link")) {
        chaine.insertContent({ type: "text", text: complete, marks: [{ type: "link", attrs: { href: complete } }] }).run();
      } else chaine.setLink({ href: complete }).run();
      return "";
    },
  );
}

function image(editeur, depot, jeton) {
  ouvrir("fenetre-image", () => undefined, async (champs) => {
    const donnees = new FormData();
    donnees.append("fichier", champs.fichier.files[0]);
    donnees.append("csrfmiddlewaretoken", jeton());
    try {
      const reponse = await fetch(depot, { method: "POST", body: donnees, headers: { Accept: "application/json" }, redirect: "manual" });
      const dit = await reponse.json();
      if (!reponse.ok) return dit.message;
      editeur.chain().focus().insertContent({
        type: "image", attrs: { file: dit.fichier, alt: champs.alt.value.trim(), caption: champs.legende.value.trim() },
      }).run();
      return "";
    } catch {
      return "L’image n’a pas pu être envoyée. Vérifiez votre connexion et réessayez.";
    }
  });
}

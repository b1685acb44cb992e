// The right rail: what can be put in the text by reference. The search itself is of htmx.
import { references } from "./noeuds.js";

export function panneau(racine, editeur) {
  if (!racine) return;
  racine.addEventListener("click", (evenement) => {
    const bouton = evenement.target.closest("button[data-inserer]");
    if (!bouton) return;
    const { inserer, ref, texte, unite, libelle, millesime } = bouton.dataset;
    if (inserer === "chiffre") {
      references.set(ref, { texte, unite, libelle, millesime });
      editeur.chain().focus().insertContent([{ type: "figure", attrs: { ref } }, { type: "text", text: " " }]).run();
    } else if (inserer === "personne") {
      editeur.chain().focus().insertContent([{ type: "mention", attrs: { member: ref, label: libelle } }, { type: "text", text: " " }]).run();
    } else editeur.chain().focus().insertContent({ type: "insert", attrs: { kind: inserer, ref } }).run();
  });
}

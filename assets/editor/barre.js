// The toolbar: one stop of the Tab key, then the arrows; each button says whether it is pressed.
const COMMANDES = {
  paragraphe: { faire: (c) => c.setParagraph(), actif: (e) => e.isActive("paragraph") },
  titre2: { faire: (c) => c.toggleHeading({ level: 2 }), actif: (e) => e.isActive("heading", { level: 2 }) },
  titre3: { faire: (c) => c.toggleHeading({ level: 3 }), actif: (e) => e.isActive("heading", { level: 3 }) },
  titre4: { faire: (c) => c.toggleHeading({ level: 4 }), actif: (e) => e.isActive("heading", { level: 4 }) },
  gras: { faire: (c) => c.toggleBold(), actif: (e) => e.isActive("bold") },
  italique: { faire: (c) => c.toggleItalic(), actif: (e) => e.isActive("italic") },
  puces: { faire: (c) => c.toggleBulletList(), actif: (e) => e.isActive("bulletList") },
  numeros: { faire: (c) => c.toggleOrderedList(), actif: (e) => e.isActive("orderedList") },
  citation: { faire: (c) => c.toggleBlockquote(), actif: (e) => e.isActive("blockquote") },
  tableau: { faire: (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), cache: (e) => e.isActive("table") },
  "ligne-plus": { faire: (c) => c.addRowAfter(), cache: (e) => !e.isActive("table") },
  "ligne-moins": { faire: (c) => c.deleteRow(), cache: (e) => !e.isActive("table") },
  "colonne-plus": { faire: (c) => c.addColumnAfter(), cache: (e) => !e.isActive("table") },
  "colonne-moins": { faire: (c) => c.deleteColumn(), cache: (e) => !e.isActive("table") },
  "tableau-moins": { faire: (c) => c.deleteTable(), cache: (e) => !e.isActive("table") },
  annuler: { faire: (c) => c.undo(), possible: (e) => e.can().undo() },
  retablir: { faire: (c) => c.redo(), possible: (e) => e.can().redo() },
};

export function barre(racine, editeur, { lien, image }) {
  const boutons = [...racine.querySelectorAll("button[data-commande]")];
  const ouvrir = { lien, image };
  racine.hidden = false;

  racine.addEventListener("click", (evenement) => {
    const bouton = evenement.target.closest("button[data-commande]");
    if (!bouton || bouton.getAttribute("aria-disabled") === "true") return;
    const nom = bouton.dataset.commande;
    if (ouvrir[nom]) ouvrir[nom]();
    else COMMANDES[nom].faire(editeur.chain().focus()).run();
  });

  racine.addEventListener("keydown", (evenement) => {
    const visibles = boutons.filter((bouton) => !bouton.hidden);
    const ici = visibles.indexOf(document.activeElement);
    const vers = { ArrowRight: ici + 1, ArrowLeft: ici - 1, Home: 0, End: visibles.length - 1 }[evenement.key];
    if (vers === undefined || ici < 0) return;
    evenement.preventDefault();
    atteindre(visibles[(vers + visibles.length) % visibles.length]);
    document.activeElement.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  function atteindre(bouton) {
    for (const autre of boutons) autre.tabIndex = autre === bouton ? 0 : -1;
    bouton.focus();
  }

  function montrer() {
    for (const bouton of boutons) {
      const commande = COMMANDES[bouton.dataset.commande];
      if (bouton.dataset.commande === "lien") bouton.setAttribute("aria-pressed", String(editeur.isActive("link")));
      if (!commande) continue;
      if (commande.actif) bouton.setAttribute("aria-pressed", String(commande.actif(editeur)));
      if (commande.possible) bouton.setAttribute("aria-disabled", String(!commande.possible(editeur)));
      if (commande.cache) bouton.hidden = commande.cache(editeur);
    }
    if (!boutons.some((bouton) => bouton.tabIndex === 0 && !bouton.hidden)) boutons[0].tabIndex = 0;
  }

  for (const [rang, bouton] of boutons.entries()) bouton.tabIndex = rang ? -1 : 0;
  editeur.on("transaction", montrer);
  montrer();
}

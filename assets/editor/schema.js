// The same document as core/text: what it does not know cannot be typed nor pasted.
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { ListItem } from "@tiptap/extension-list";
import StarterKit from "@tiptap/starter-kit";

import { Chiffre, Illustration, Insertion, Personne } from "./noeuds.js";

// Without the column widths, which would be inline styles. A cell is one paragraph: Enter breaks its line.
const Tableau = Table.extend({
  renderHTML: () => ["div", { class: "tableau-texte" }, ["table", ["tbody", 0]]],
  addKeyboardShortcuts() {
    const passer = () => this.editor.isActive("table") && this.editor.commands.setHardBreak();
    return { ...this.parent?.(), Enter: passer };
  },
});
const cellule = { content: "paragraph", addAttributes: () => ({ colspan: { default: 1 }, rowspan: { default: 1 } }) };

export function extensions({ apercu, fichiers }) {
  return [
    StarterKit.configure({
      code: false,
      codeBlock: false,
      strike: false,
      underline: false,
      trailingNode: false,
      heading: { levels: [2, 3, 4] },
      listItem: false,
      link: { openOnClick: false, protocols: ["mailto"], HTMLAttributes: { target: null, rel: null } },
    }),
    Tableau.configure({ View: null }),
    TableRow,
    TableHeader.extend(cellule),
    TableCell.extend(cellule),
    ListItem.extend({ content: "paragraph (paragraph | list)*" }),
    Chiffre,
    Personne,
    Insertion.configure({ apercu }),
    Illustration.configure({ fichiers }),
  ];
}

// What the document keeps of each node; the rest is of the editor.
const ATTRIBUTS = {
  heading: ["level"],
  image: ["file", "alt", "caption"],
  insert: ["kind", "ref"],
  figure: ["ref"],
  mention: ["member", "label"],
  link: ["href"],
};
function attributs(noeud) {
  const gardes = (ATTRIBUTS[noeud.type] || []).filter(
    (nom) => noeud.attrs?.[nom] !== undefined && noeud.attrs[nom] !== null,
  );
  return gardes.length ? { attrs: Object.fromEntries(gardes.map((nom) => [nom, noeud.attrs[nom]])) } : {};
}

export function propre(noeud) {
  const rendu = { type: noeud.type, ...attributs(noeud) };
  if (noeud.text !== undefined) rendu.text = noeud.text;
  if (noeud.marks?.length) rendu.marks = noeud.marks.map((marque) => ({ type: marque.type, ...attributs(marque) }));
  if (noeud.content) rendu.content = noeud.content.map(propre);
  return rendu;
}

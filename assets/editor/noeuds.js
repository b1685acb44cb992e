// The nodes of the document that are ours: figures and inserts by reference, images deposited, people named.
// What they show comes from the server; the document keeps the reference only.
import { Node } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";

const INTROUVABLE = "chiffre introuvable";

// What each reference says, by reference: {texte, unite, libelle, millesime}. Filled by the page and the rail.
export const references = new Map();

function element(balise, classe, texte) {
  const cree = document.createElement(balise);
  if (classe) cree.className = classe;
  if (texte) cree.textContent = texte;
  return cree;
}

export const Chiffre = Node.create({
  name: "figure",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ ref: { default: "", parseHTML: (dom) => dom.dataset.chiffre } }),
  parseHTML: () => [{ tag: "span[data-chiffre]" }],
  renderHTML: ({ node }) => ["span", { "data-chiffre": node.attrs.ref }, texteDe(node.attrs.ref)],
  renderText: ({ node }) => texteDe(node.attrs.ref),
  addNodeView() {
    return ({ node }) => {
      const connu = references.get(node.attrs.ref);
      const dom = element("span", connu ? "chiffre" : "chiffre manque");
      dom.dataset.chiffre = node.attrs.ref;
      dom.contentEditable = "false";
      dom.append(element("span", "", texteDe(node.attrs.ref)));
      if (connu) {
        dom.title = `${connu.libelle} (${connu.millesime})`;
        dom.append(element("small", "", connu.millesime));
      }
      return { dom };
    };
  },
});

function texteDe(ref) {
  const connu = references.get(ref);
  return connu ? `${connu.texte}${connu.unite ? `\u00a0${connu.unite}` : ""}` : INTROUVABLE;
}

export const Personne = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    member: { default: "", parseHTML: (dom) => dom.dataset.personne },
    label: { default: "", parseHTML: (dom) => dom.textContent.replace(/^@/, "") },
  }),
  parseHTML: () => [{ tag: "span[data-personne]" }],
  renderHTML: ({ node }) => ["span", { "data-personne": node.attrs.member, class: "personne" }, `@${node.attrs.label}`],
  renderText: ({ node }) => `@${node.attrs.label}`,
});

// Tables, maps, charts and what comes from the other screens: drawn by the server, shown where they stand.
export const Insertion = Node.create({
  name: "insert",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ apercu: "" }),
  addAttributes: () => ({
    kind: { default: "table", parseHTML: (dom) => dom.dataset.insertion },
    ref: { default: "", parseHTML: (dom) => dom.dataset.ref || "" },
  }),
  parseHTML: () => [{ tag: "div[data-insertion]" }],
  renderHTML: ({ node }) => ["div", { "data-insertion": node.attrs.kind, "data-ref": node.attrs.ref }],
  renderText: () => "",
  addNodeView() {
    const adresse = this.options.apercu;
    return ({ node }) => {
      const dom = element("div", "insertion");
      dom.contentEditable = "false";
      dom.dataset.insertion = node.attrs.kind;
      dom.dataset.ref = node.attrs.ref;
      montrer(dom, adresse, node.attrs);
      return { dom, ignoreMutation: () => true };
    };
  },
});

async function montrer(dom, adresse, { kind, ref }) {
  dom.append(element("p", "muted", "Chargement…"));
  try {
    const reponse = await fetch(`${adresse}?${new URLSearchParams({ nature: kind, ref })}`, {
      headers: { "X-Requested-With": "fetch" },
    });
    if (!reponse.ok || reponse.redirected) throw new Error(String(reponse.status));
    dom.innerHTML = await reponse.text();
  } catch {
    dom.replaceChildren(element("p", "muted", "Cet élément s’affichera quand la connexion reviendra."));
  }
}

// An image is a file of the project: its address is made from its identifier.
export const Illustration = Image.extend({
  addOptions() {
    return { ...this.parent?.(), fichiers: "" };
  },
  addAttributes: () => ({
    file: { default: "", parseHTML: (dom) => dom.dataset.fichier },
    alt: { default: "", parseHTML: (dom) => dom.querySelector("img")?.alt || "" },
    caption: { default: "", parseHTML: (dom) => dom.querySelector("figcaption")?.textContent || "" },
  }),
  parseHTML: () => [{ tag: "figure[data-fichier]" }],
  renderHTML({ node }) {
    const { file, alt, caption } = node.attrs;
    const src = this.options.fichiers.replace("00000000-0000-0000-0000-000000000000", file);
    return ["figure", { "data-fichier": file }, ["img", { src, alt }], ["figcaption", {}, caption]];
  },
  addInputRules: () => [],
});

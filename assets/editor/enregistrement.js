// Saves a few seconds after a change. What was sent is sent again, the same, until the server answers: a lost answer
// never makes two texts. What is typed meanwhile waits its turn. Nothing typed is dropped before it is saved.
const DELAI = 2500;
const PLUS_LONG = 8000;
const REPRISES = [2000, 5000, 10000, 20000, 30000];

export class Enregistrement {
  // `page`: {adresse, etat, revision, csrf}; `texte()` gives the document; `dire(etat, mots)` tells the person.
  constructor(page, { texte, remplacer, dire, bloquer, conflit, fermer, reserve }) {
    Object.assign(this, { page, texte, remplacer, dire, bloquer, conflit, fermer, reserve });
    this.revision = page.revision;
    this.jeton = page.csrf;
    this.envoye = null; // what was sent and has no answer yet: {revision, corps}
    this.modifie = false;
    this.arrete = false;
    this.echecs = 0;
    this.minuterie = 0;
    this.premier = 0;
  }

  // A text found again after the page was closed or the session ended.
  reprendre({ revision, envoye }) {
    this.revision = revision;
    this.envoye = envoye || null;
    this.change();
  }

  // Another text was saved since: the same text, sent again, comes back with what the others made of it.
  comparer(revision) {
    if (revision === this.revision || this.reste() || this.enCours || this.arrete) return;
    this.modifie = true;
    this.envoyer();
  }

  // The text was changed from this page, out of the editor: it is taken as it is, once what was typed is saved:
  // the server then makes one text of both.
  async relire(mots) {
    if (this.arrete) return;
    if (this.reste() || this.enCours) await this.finir();
    const reponse = await fetch(this.page.etat, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    const dit = reponse?.ok ? await reponse.json() : null;
    if (!dit || this.reste() || this.enCours || this.arrete || dit.revision === this.revision) return;
    this.revision = dit.revision;
    this.remplacer(dit.corps);
    this.dire("enregistre", mots);
  }

  change() {
    this.modifie = true;
    this.garder();
    if (this.arrete) return;
    this.dire("attente", "Modifications non enregistrées");
    const maintenant = Date.now();
    this.premier ||= maintenant;
    this.planifier(Math.max(0, Math.min(DELAI, this.premier + PLUS_LONG - maintenant)));
  }

  // Whether something typed is not on the server yet.
  reste() {
    return Boolean(this.modifie || this.envoye);
  }

  // Save what is left now: what was sent, then what was typed since.
  async finir() {
    while (this.enCours) await new Promise((suite) => setTimeout(suite, 50));
    await this.envoyer();
    if (this.modifie && !this.envoye) await this.envoyer();
  }

  planifier(delai) {
    clearTimeout(this.minuterie);
    this.minuterie = setTimeout(() => this.envoyer(), delai);
  }

  garder() {
    const garde = this.reserve.garder({ revision: this.revision, corps: this.texte(), envoye: this.envoye });
    if (!garde) this.dire("echec", "Votre navigateur ne garde rien en mémoire : ne fermez pas cette page avant l’enregistrement.");
  }

  async envoyer() {
    if (this.enCours || this.arrete || (!this.modifie && !this.envoye)) return;
    this.enCours = true;
    clearTimeout(this.minuterie);
    if (!this.envoye) {
      this.envoye = { revision: this.revision, corps: this.texte() };
      this.modifie = false;
      this.premier = 0;
    }
    this.dire("envoi", "Enregistrement…");
    try {
      const reponse = await fetch(this.page.adresse, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.jeton },
        body: JSON.stringify(this.envoye),
        redirect: "manual",
      });
      await this.recevoir(reponse);
    } catch {
      this.echec("Connexion perdue");
    } finally {
      this.enCours = false;
    }
    if (!this.arrete && !this.envoye && this.modifie) this.planifier(DELAI);
  }

  async recevoir(reponse) {
    if (reponse.status >= 500) return this.echec("Le site ne répond pas");
    if (reponse.type === "opaqueredirect" || reponse.status === 401) return this.session();
    if (reponse.status === 403) return this.jetonPerime();
    const dit = (await reponse.json().catch(() => null)) || {};
    if (reponse.ok && !dit.etat) return this.echec("Le site ne répond pas");
    this.echecs = 0;
    if (reponse.ok) return this.enregistre(dit);
    if (dit.etat === "conflit") return this.enConflit(dit);
    this.modifie = true;
    this.envoye = null;
    this.garder();
    if (dit.etat === "bloque") return this.bloquer(dit);
    this.arrete = reponse.status === 404;
    return this.dire("echec", dit.message || "Ce texte n’a pas pu être enregistré.");
  }

  enregistre(dit) {
    const corps = this.envoye.corps;
    this.envoye = null;
    this.revision = dit.revision;
    if (this.modifie) {
      // Typed meanwhile: it stands on what was just sent, not on what the other person wrote.
      this.revision = dit.la_mienne;
      this.garder();
    } else {
      this.reserve.vider();
      if (dit.corps && JSON.stringify(dit.corps) !== JSON.stringify(corps)) this.remplacer(dit.corps);
    }
    if (this.modifie) this.dire("attente", "Modifications non enregistrées");
    else this.dire(dit.etat === "fusionne" ? "fusion" : "enregistre", dit.message);
  }

  enConflit(dit) {
    this.envoye = null;
    this.arrete = true;
    if (this.modifie) this.garder();
    else this.reserve.vider();
    this.conflit(dit, this.modifie);
  }

  // The same text is sent again later, each time a little later.
  echec(pourquoi) {
    const delai = REPRISES[Math.min(this.echecs, REPRISES.length - 1)];
    this.echecs += 1;
    this.garder();
    this.dire("echec", `${pourquoi} : votre texte n’est pas enregistré. Il est gardé sur cette page, qui réessaie seule.`);
    this.planifier(delai);
  }

  // The session ended: the text stays here, and is sent again until someone signed in.
  session() {
    this.echecs += 1;
    this.garder();
    this.fermer();
    this.planifier(REPRISES[Math.min(this.echecs, REPRISES.length - 1)]);
  }

  // After a new sign-in the token of the forms has changed; else the session ended, or this person may no longer write.
  async jetonPerime() {
    const reponse = await fetch(this.page.etat, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!reponse.ok) return reponse.type === "opaqueredirect" ? this.session() : this.echec("Le site refuse cette page");
    const dit = await reponse.json();
    this.jeton = dit.jeton;
    if (!dit.ecrit) return this.echec("Vous ne pouvez plus écrire dans ce projet");
    const delai = REPRISES[Math.min(this.echecs, REPRISES.length - 1)];
    this.echecs += 1;
    return this.planifier(delai / 4);
  }
}

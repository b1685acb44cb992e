// Says that someone writes here: taken when the page opens, renewed while one types, given back when one leaves.
const ARRIVEE = 1000;

export class Verrou {
  constructor({ prendre, liberer, battement }, { jeton, tenu, perdu }) {
    Object.assign(this, { prendre, liberer, battement, jeton, tenu, perdu });
    this.actif = false;
    const signe = () => (this.actif = true);
    for (const nom of ["keydown", "pointerdown", "input"]) document.addEventListener(nom, signe, { passive: true });
    setInterval(() => this.battre(), battement);
    // The page that this one replaces may give the section back, or save, after this one was made.
    setTimeout(() => this.demander(), ARRIVEE);
    window.addEventListener("pagehide", () => this.rendre());
    // A page that the browser kept and shows again takes its place again.
    window.addEventListener("pageshow", (evenement) => evenement.persisted && this.demander());
  }

  battre() {
    if (!this.actif || document.hidden) return;
    this.actif = false;
    this.demander();
  }

  async demander() {
    try {
      const reponse = await fetch(this.prendre, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.jeton() },
        redirect: "manual",
      });
      if (reponse.ok) this.tenu(await reponse.json());
      if (reponse.status === 409) this.perdu((await reponse.json()).message);
    } catch {
      // Without a connection the saving itself says so.
    }
  }

  rendre() {
    const formulaire = new FormData();
    formulaire.append("csrfmiddlewaretoken", this.jeton());
    navigator.sendBeacon(this.liberer, formulaire);
  }
}

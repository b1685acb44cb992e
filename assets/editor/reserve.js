// What is typed and not saved yet, in this tab only, until the server has it. One key per person and section.
export class Reserve {
  constructor(cle) {
    this.cle = `maillage:redaction:${cle}`;
  }

  garder(etat) {
    try {
      sessionStorage.setItem(this.cle, JSON.stringify(etat));
      return true;
    } catch {
      return false;
    }
  }

  lire() {
    try {
      return JSON.parse(sessionStorage.getItem(this.cle));
    } catch {
      return null;
    }
  }

  vider() {
    try {
      sessionStorage.removeItem(this.cle);
    } catch {
      // A browser that refuses its storage has nothing to forget.
    }
  }
}

// The diagnosis: a figure is copied with its source. Without this file the sentence is there, to be selected.
(function () {
  "use strict";
  if (!navigator.clipboard) return;

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async function () {
      const said = button.closest("tr").querySelector("[data-citation]").textContent.trim();
      await navigator.clipboard.writeText(said);
      button.textContent = "Copié";
    });
  }
})();

// The diagnosis: a figure is copied with its source. Without this file the sentence is there, to be selected.
(function () {
  "use strict";

  // On a phone the headings come first: one opens what one looks for.
  if (window.matchMedia("(max-width: 640px)").matches && !window.location.hash) {
    for (const part of Array.from(document.querySelectorAll(".diagnosis-section")).slice(1)) part.open = false;
  }
  // What one has not come to yet is printed too: paper does not wait, so the page does.
  window.addEventListener("beforeprint", function () {
    for (const charts of document.querySelectorAll(".charts[hx-get]")) {
      if (charts.querySelector("figure")) continue;
      const request = new XMLHttpRequest();
      request.open("GET", charts.getAttribute("hx-get"), false);
      request.send();
      if (request.status === 200) charts.innerHTML = request.responseText;
    }
  });
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

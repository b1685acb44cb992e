// Small comforts. Every page works without this file.
(function () {
  "use strict";

  // Keep addresses short: a field left empty is not an answer.
  document.addEventListener("htmx:configRequest", function (event) {
    const parameters = event.detail.parameters;
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === "") delete parameters[name];
    }
  });

  // A page of errors comes back with 422: htmx shows it like the rest.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  // As one types, the message beside a field comes with the result: the field then says that it is wrong, or no more.
  document.addEventListener("htmx:oobAfterSwap", function (event) {
    const field = document.querySelector('[aria-describedby~="' + event.detail.target.id + '"]');
    if (!field) return;
    if (document.getElementById(event.detail.target.id).textContent) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  });

  for (const button of document.querySelectorAll("[data-copy-address]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async function () {
      await navigator.clipboard.writeText(window.location.href);
      button.textContent = "Adresse copiée";
    });
  }

  // A link to a folded part unfolds it.
  function unfold() {
    const target = window.location.hash.length > 1 && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  }
  window.addEventListener("hashchange", unfold);
  unfold();

  const errors = document.getElementById("erreurs");
  if (errors) errors.focus();
})();

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

  // A long list of names to tick: a field finds some, two buttons tick them or none, and the count stays said.
  const LONG_LIST = 20;
  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  function built(name, attributes, text) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.textContent = text || "";
    return node;
  }
  function findable(list, rank) {
    const choices = [...list.querySelectorAll(".choice")];
    const boxes = choices.map((choice) => choice.querySelector("input[type=checkbox]"));
    if (choices.length <= LONG_LIST || boxes.includes(null)) return;
    const texts = choices.map((choice) => folded(choice.textContent));
    const tools = built("div", { class: "field choice-finder" });
    const label = built("label", { for: "trouver-" + rank }, "Chercher dans la liste");
    const search = built("input", { type: "search", id: "trouver-" + rank, autocomplete: "off" });
    const all = built("button", { type: "button", class: "btn ghost" }, "Cocher ce qui est affiché");
    const none = built("button", { type: "button", class: "btn ghost" }, "Tout décocher");
    const count = built("p", { class: "small", role: "status" });
    function tell() {
      const chosen = boxes.filter((box) => box.checked).length;
      const shown = choices.filter((choice) => !choice.hidden).length;
      count.textContent = chosen + (chosen > 1 ? " choisis" : " choisi") + ", " + shown + (shown > 1 ? " affichés." : " affiché.");
    }
    search.addEventListener("input", function () {
      const words = folded(search.value).split(/\s+/);
      choices.forEach((choice, at) => { choice.hidden = !words.every((word) => texts[at].includes(word)); });
      tell();
    });
    search.addEventListener("keydown", function (event) {
      if (event.key === "Enter") event.preventDefault();
    });
    all.addEventListener("click", function () {
      choices.forEach((choice, at) => { if (!choice.hidden) boxes[at].checked = true; });
      tell();
    });
    none.addEventListener("click", function () {
      boxes.forEach((box) => { box.checked = false; });
      tell();
    });
    list.addEventListener("change", tell);
    for (const name of ["input", "change"]) tools.addEventListener(name, (event) => event.stopPropagation());
    tools.append(label, search, all, none, count);
    list.before(tools);
    tell();
  }
  document.querySelectorAll(".check-columns").forEach(findable);

  const errors = document.getElementById("erreurs");
  if (errors) errors.focus();
})();

// Search of a place as one types: an accessible combobox over the plain field that works without it.
(function () {
  "use strict";
  const DELAY = 180;
  const CLICK = 150;
  // Whether a button of the mouse is held down: what it was pressed on must not move before it is released.
  let held = false;
  document.addEventListener("pointerdown", function () { held = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, function () { held = false; }, true);

  function enhance(box) {
    const input = box.querySelector("input[type=text]");
    const list = box.querySelector(".options");
    const status = box.querySelector("[role=status]");
    let timer = 0;
    let asked = "";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    list.setAttribute("role", "listbox");

    function options() {
      return Array.from(list.querySelectorAll("[role=option]"));
    }

    function close() {
      // What was asked before must not open the list again, over what one goes on to.
      window.clearTimeout(timer);
      asked = "";
      list.hidden = true;
      // Two fields of a page may propose the same commune: only the open list holds it.
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function activate(option) {
      for (const other of options()) other.setAttribute("aria-selected", String(other === option));
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function choose(option) {
      input.value = option.dataset.choice;
      close();
      status.textContent = option.dataset.choice + " : choix gardé";
      input.dispatchEvent(new Event("change", { bubbles: true }));
      if (box.closest("form") && !("stay" in box.dataset)) box.closest("form").requestSubmit(box.querySelector("button") || undefined);
    }

    async function ask() {
      const text = input.value.trim();
      if (text.length < 2) return close();
      asked = text;
      const answer = await fetch(box.dataset.source + "?q=" + encodeURIComponent(text), { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return;
      const proposed = await answer.text();
      if (asked !== text || document.activeElement !== input) return;
      list.innerHTML = proposed;
      const found = options();
      const noun = box.dataset.noun;
      status.textContent = found.length ? found.length + " " + noun + (found.length > 1 ? "s proposées" : " proposée") : "Aucune " + noun + " trouvée";
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      input.removeAttribute("aria-activedescendant");
    }

    input.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, DELAY);
    });
    input.addEventListener("keydown", function (event) {
      const found = options();
      const at = found.findIndex((option) => option.getAttribute("aria-selected") === "true");
      if (event.key === "Escape") return close();
      if (list.hidden || !found.length) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        activate(found[(at + step + found.length) % found.length]);
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        choose(found[at]);
      }
    });
    list.addEventListener("mousedown", function (event) {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      event.preventDefault();
      choose(option);
    });
    function leave() {
      if (document.activeElement === input) return;
      if (held) window.setTimeout(leave, CLICK);
      else close();
    }

    input.addEventListener("blur", function () {
      window.clearTimeout(timer);
      window.setTimeout(leave, CLICK);
    });
  }

  for (const box of document.querySelectorAll("[data-communes]")) enhance(box);
})();

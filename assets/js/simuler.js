// The simulator: the first questions stand open on a large screen, and what one has opened stays so as one types.
(function () {
  "use strict";

  const first = document.querySelector(".simulator-form > details");
  if (first && window.matchMedia("(min-width: 901px)").matches) first.open = true;

  let opened = [];
  document.addEventListener("htmx:beforeSwap", function (event) {
    opened = Array.from(event.detail.target.querySelectorAll("details[id][open]"), function (part) { return part.id; });
  });
  document.addEventListener("htmx:afterSwap", function () {
    for (const id of opened) {
      const part = document.getElementById(id);
      if (part) part.open = true;
    }
  });
})();

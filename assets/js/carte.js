// The map: vector tiles and values of this site only. Without this file the table says the same figures.
//
// Colours are given by one expression that the worker evaluates as it cuts the tiles: 35 000 communes cost nothing to
// the main thread when one moves. Nothing is written on the map itself, so it needs no font: the page says the names.

const FRENCH = {
  "Map.Title": "Carte : les flèches déplacent, + et − agrandissent, Entrée choisit le lieu du centre",
  "NavigationControl.ZoomIn": "Agrandir",
  "NavigationControl.ZoomOut": "Réduire",
  "CooperativeGesturesHandler.WindowsHelpText": "Ctrl et la molette agrandissent la carte",
  "CooperativeGesturesHandler.MacHelpText": "⌘ et la molette agrandissent la carte",
  "CooperativeGesturesHandler.MobileHelpText": "Deux doigts déplacent la carte",
};
const NIGHT = window.matchMedia("(prefers-color-scheme: dark)");
const MOST_POINTS = 200;
const NEAR = 6.5;

for (const figure of document.querySelectorAll("[data-map]")) start(figure);

async function start(figure) {
  const settings = JSON.parse(figure.dataset.settings);
  const say = (text) => { figure.querySelector("[data-map-status]").textContent = text; };
  try {
    const [library, ready, values] = await Promise.all([import(figure.dataset.maplibre), prepared(settings, say), valuesOf(settings)]);
    if (!ready) return;
    library.setWorkerUrl(new URL(figure.dataset.worker, document.baseURI).href);
    draw(library, figure, settings, values, say);
  } catch (error) {
    say("La carte ne peut pas s’afficher sur cet appareil : le tableau dit les mêmes chiffres.");
    console.warn(error);
  }
}

// Tiles are made once, the first time that anyone asks: some twenty seconds, told as they pass.
async function prepared(settings, say) {
  for (;;) {
    const state = await (await fetch(settings.preparation, { headers: { Accept: "application/json" } })).json();
    if (!state.contours) return false;
    if (state.fait >= state.total) {
      say("");
      return true;
    }
    say("Le fond de carte se prépare, une seule fois : " + state.fait + " sur " + state.total + "…");
    await new Promise((done) => setTimeout(done, 1500));
  }
}

async function valuesOf(settings) {
  if (settings.valeurs) {
    const codes = Object.keys(settings.valeurs);
    return { codes, valeurs: codes.map((code) => settings.valeurs[code]), bornes: settings.bornes, palette: settings.palette, couleurs: settings.couleurs, libelles: settings.libelles, unite: settings.unite, decimales: 2 };
  }
  if (!settings.adresse) return { codes: [], valeurs: [], bornes: [], couleurs: [], libelles: [], unite: "", decimales: 0 };
  const answer = await fetch(settings.adresse);
  if (!answer.ok) throw new Error("values: " + answer.status);
  const told = await answer.json();
  const classes = told.classes.filter((each) => each.couleur !== null);
  return { ...told, couleurs: classes.map((each) => each.couleur), libelles: classes.map((each) => each.libelle) };
}

function rankOf(value, bounds) {
  let rank = 0;
  while (rank < bounds.length && value >= bounds[rank]) rank += 1;
  return rank;
}

// The codes of each class, and those of the places whose figure is not published.
function byClass(values) {
  const classes = values.libelles.map(() => []);
  const unknown = [];
  values.codes.forEach((code, index) => {
    const value = values.valeurs[index];
    if (value === null) unknown.push(code);
    else classes[rankOf(value, values.bornes)].push(code);
  });
  return { classes, unknown };
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function fillOf(values, groups) {
  const pairs = [];
  groups.classes.forEach((codes, rank) => {
    if (codes.length) pairs.push(codes, token("--mg-" + (values.palette || "class") + "-" + values.couleurs[rank]));
  });
  return pairs.length ? ["match", ["get", "code"], ...pairs, token("--mg-unknown")] : token("--mg-unknown");
}

function oneOf(codes) {
  return codes.length ? ["match", ["get", "code"], codes, true, false] : ["literal", false];
}

function line(id, layer, colour, width, more) {
  return { id, type: "line", source: "fond", "source-layer": layer, paint: { "line-color": token(colour), "line-width": width }, layout: { "line-join": "round" }, ...more };
}

function styleOf(settings, values, groups) {
  const layer = settings.couche;
  const tiles = new URL(settings.tuiles.replace(/[{}]/g, (brace) => encodeURIComponent(brace)), document.baseURI).href.replace(/%257B|%7B/g, "{").replace(/%257D|%7D/g, "}");
  const empty = { type: "FeatureCollection", features: [] };
  const fill = { "fill-color": fillOf(values, groups), "fill-antialias": false };
  const hatch = { "fill-pattern": "hachures" };
  const layers = [
    { id: "sol", type: "background", paint: { "background-color": token("--mg-map-ground") } },
    { id: "aplat", type: "fill", source: "fond", "source-layer": layer, paint: fill },
    { id: "inconnu", type: "fill", source: "fond", "source-layer": layer, paint: hatch, filter: oneOf(groups.unknown) },
  ];
  if (layer === "communes") {
    // Arrondissements that have a figure stand over their city.
    const known = values.codes.filter((code, index) => /^(751|132|6938)/.test(code) && values.valeurs[index] !== null);
    layers.push({ id: "arrondissements", type: "fill", source: "fond", "source-layer": "arrondissements", paint: fill, filter: oneOf(known), minzoom: 8 });
    const border = values.codes.length ? "--mg-map-border" : "--mg-hatch";
    layers.push(line("communes", "communes", border, ["interpolate", ["linear"], ["zoom"], 7, 0.2, 10, 1.2], { minzoom: 7 }));
    layers.push(line("epci", "epci", "--mg-map-strong", ["interpolate", ["linear"], ["zoom"], 8, 0.4, 11, 1.4], { minzoom: 8 }));
  } else {
    layers.push(line("lieux", layer, "--mg-map-border", 0.8));
  }
  layers.push(line("departements", "departements", "--mg-map-strong", ["interpolate", ["linear"], ["zoom"], 4, 0.4, 9, 1.6]));
  layers.push(line("territoire", "communes", "--mg-map-strong", 1.6, { filter: oneOf(settings.communes || []) }));
  layers.push({ id: "qpv", type: "fill", source: "qpv", paint: { "fill-color": token("--mg-map-site"), "fill-opacity": 0.35, "fill-outline-color": token("--mg-map-site") } });
  layers.push({ id: "cpts", type: "line", source: "cpts", paint: { "line-color": token("--mg-map-site"), "line-width": 2, "line-dasharray": [3, 2] }, layout: { "line-join": "round" } });
  layers.push(line("choisi", layer, "--mg-map-site", 3, { filter: ["literal", false] }));
  layers.push({ id: "trace", type: "fill", source: "trace", paint: { "fill-color": token("--mg-map-site"), "fill-opacity": 0.2 } });
  layers.push({ id: "trait", type: "line", source: "trace", paint: { "line-color": token("--mg-map-site"), "line-width": 3 } });
  layers.push({ id: "points", type: "circle", source: "points", paint: { "circle-radius": 6, "circle-color": token("--mg-map-site"), "circle-stroke-color": token("--mg-map-border"), "circle-stroke-width": 2 } });
  return {
    version: 8,
    sources: {
      fond: { type: "vector", tiles: [tiles], minzoom: settings.zooms[0], maxzoom: settings.zooms[1] },
      points: { type: "geojson", data: empty }, qpv: { type: "geojson", data: empty }, cpts: { type: "geojson", data: empty }, trace: { type: "geojson", data: empty },
    },
    layers,
  };
}

// A hatching, pixel by pixel: no image is fetched, and no canvas is read back.
function hatching() {
  const side = 16;
  const [ground, line] = ["--mg-unknown", "--mg-hatch"].map((name) => parseInt(token(name).slice(1), 16));
  const data = new Uint8ClampedArray(side * side * 4);
  for (let rank = 0; rank < side * side; rank += 1) {
    const colour = (rank % side + Math.floor(rank / side)) % side < 2 ? line : ground;
    data.set([colour >> 16, (colour >> 8) & 255, colour & 255, 255], rank * 4);
  }
  return { width: side, height: side, data };
}

function draw(library, figure, settings, values, say) {
  const canvas = figure.querySelector("[data-map-canvas]");
  canvas.hidden = false;
  const groups = byClass(values);
  const box = settings.cadre;
  const map = new library.Map({
    container: canvas,
    style: styleOf(settings, values, groups),
    bounds: box ? [[box[0], box[1]], [box[2], box[3]]] : undefined,
    fitBoundsOptions: { padding: 16, maxZoom: 12 },
    minZoom: 2,
    maxZoom: 13,
    fadeDuration: 0,
    locale: FRENCH,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    cooperativeGestures: window.matchMedia("(pointer: coarse)").matches,
    attributionControl: false,
    validateStyle: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new library.ScaleControl({ unit: "metric" }), "bottom-left");
  map.on("styleimagemissing", (event) => {
    if (event.id === "hachures" && !map.hasImage("hachures")) map.addImage("hachures", hatching(), { pixelRatio: 2 });
  });
  map.addImage("hachures", hatching(), { pixelRatio: 2 });
  map.on("error", (event) => console.warn(event.error));
  map.once("load", () => { figure.dataset.ready = "true"; });
  const cross = document.createElement("div");
  cross.className = "map-cross";
  canvas.append(cross);
  NIGHT.addEventListener("change", () => map.setStyle(styleOf(settings, values, groups), { diff: true, validate: false }));
  const scene = { library, figure, canvas, settings, values, map, say, drawing: false };
  if (settings.points && settings.points.length) showSites(scene, settings.points);
  choosing(scene);
  hovering(scene);
  overlays(scene);
  if (settings.dessine) drawing(scene);
  going(scene);
  otherViews(scene);
  printing(scene);
  figure.map = map;
  figure.dispatchEvent(new CustomEvent("carte:prete", { detail: { map } }));
}

function showSites(scene, points) {
  const features = points.map((each) => ({ type: "Feature", geometry: { type: "Point", coordinates: [each.longitude, each.latitude] }, properties: { nom: each.nom } }));
  scene.map.once("load", () => scene.map.getSource("points").setData({ type: "FeatureCollection", features }));
}

function featureAt(scene, point) {
  const layers = ["arrondissements", "aplat"].filter((id) => scene.map.getLayer(id));
  return scene.map.queryRenderedFeatures(point, { layers })[0];
}

// A click, a finger, or Enter for the middle of the map: the place is told under the map, with its links.
function choosing(scene) {
  const { map, settings, figure } = scene;
  const choose = async (point) => {
    if (scene.drawing) return;
    const found = featureAt(scene, point);
    if (!found) return;
    const code = found.properties.code;
    map.setFilter("choisi", ["==", ["get", "code"], code], { validate: false });
    const query = new URLSearchParams(settings.adresse ? settings.adresse.split("?")[1] : "");
    query.set("code", code);
    query.set("niveau", settings.niveau);
    const answer = await fetch(settings.lieu + "?" + query);
    if (!answer.ok) return;
    const place = figure.querySelector("[data-map-place]");
    place.innerHTML = await answer.text();
    if (settings.valeurs) tell(scene, place, code);
  };
  map.on("click", (event) => choose(event.point));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || scene.drawing) return;
    choose(map.project(map.getCenter()));
  });
}

function shown(scene, value) {
  const { values } = scene;
  if (value === null || value === undefined) return "non diffusé";
  if (!values.unite && values.libelles.length) return values.libelles[rankOf(value, values.bornes)];
  const sign = values.palette === "shift" ? "exceptZero" : "auto";
  return new Intl.NumberFormat("fr-FR", { maximumFractionDigits: values.decimales, signDisplay: sign }).format(value) + " " + values.unite;
}

function tell(scene, place, code) {
  if (!(code in scene.settings.valeurs)) return;
  const line = document.createElement("p");
  line.textContent = scene.figure.querySelector("figcaption strong").textContent + " : " + shown(scene, scene.settings.valeurs[code]);
  place.querySelector("p").after(line);
}

function hovering(scene) {
  if (!window.matchMedia("(hover: hover)").matches) return;
  const { map, canvas, values } = scene;
  const known = new Map(values.codes.map((code, index) => [code, values.valeurs[index]]));
  const tip = document.createElement("div");
  tip.className = "map-tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  canvas.append(tip);
  let asked = false;
  map.on("mousemove", (event) => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const site = map.queryRenderedFeatures(event.point, { layers: ["points"] })[0];
      const found = site || (map.getZoom() >= 7 || scene.settings.couche !== "communes" ? featureAt(scene, event.point) : undefined);
      tip.hidden = !found || scene.drawing || map.isMoving();
      if (tip.hidden) return;
      const value = site || !known.has(found.properties.code) ? "" : shown(scene, known.get(found.properties.code));
      tip.textContent = [found.properties.nom, value].filter(Boolean).join(" : ");
      tip.hidden = !tip.textContent;
      tip.style.left = Math.min(event.point.x + 14, canvas.clientWidth - 180) + "px";
      tip.style.top = event.point.y + 14 + "px";
    });
  });
  map.on("mouseout", () => { tip.hidden = true; });
}

// Establishments and priority neighbourhoods of what is on the screen, once one is near enough to tell them apart.
function overlays(scene) {
  const { map, figure, say } = scene;
  const field = document.getElementById("categorie") || { value: "", addEventListener() {} };
  if (!(field.id || scene.settings.cpts) || !figure.closest(".map-top")) return;
  const refresh = async () => {
    const empty = { type: "FeatureCollection", features: [] };
    const near = map.getZoom() >= NEAR;
    if (field.value && !near) say("Agrandissez la carte pour voir les établissements.");
    const asked = field.value || scene.settings.cpts;
    if (!asked || !near) {
      for (const name of ["points", "qpv", "cpts"]) map.getSource(name).setData(empty);
      return;
    }
    const box = map.getBounds();
    const query = new URLSearchParams({ bbox: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((each) => each.toFixed(4)).join(","), categorie: field.value, qpv: field.value ? "oui" : "", cpts: scene.settings.cpts ? "oui" : "" });
    const answer = await fetch(scene.settings.etablissements + "?" + query);
    if (!answer.ok) return;
    const found = await answer.json();
    map.getSource("points").setData(found.etablissements);
    map.getSource("qpv").setData(found.qpv);
    map.getSource("cpts").setData(found.cpts);
    if (!field.value) return;
    const count = found.etablissements.features.length;
    say(found.incomplet ? "Trop d’établissements ici : agrandissez la carte pour les voir tous." : count + (count > 1 ? " établissements affichés." : " établissement affiché."));
  };
  map.on("load", refresh);
  map.on("moveend", refresh);
  field.addEventListener("change", refresh);
}

// On paper: what the map shows at that moment, with the colours that its legend has then, by day or by night.
function printing({ map, canvas, values }) {
  const root = document.documentElement.style;
  const names = ["--mg-unknown", "--mg-hatch", ...values.couleurs.map((each) => "--mg-" + (values.palette || "class") + "-" + each)];
  const paper = document.createElement("canvas");
  paper.className = "map-paper";
  paper.setAttribute("aria-hidden", "true");
  canvas.after(paper);
  window.addEventListener("beforeprint", () => {
    for (const name of names) root.setProperty(name, token(name));
    map.redraw();
    const drawn = map.getCanvas();
    [paper.width, paper.height] = [drawn.width, drawn.height];
    paper.getContext("2d").drawImage(drawn, 0, 0);
  });
  window.addEventListener("afterprint", () => {
    for (const name of names) root.removeProperty(name);
    paper.width = 0;
  });
}

// Views of the other territories: a button each, a jump where motion is not wanted.
function otherViews(scene) {
  const views = scene.figure.querySelector("[data-map-goto]");
  if (!views) return;
  views.hidden = false;
  for (const button of views.querySelectorAll("[data-bounds]")) {
    button.addEventListener("click", () => {
      const [west, south, east, north] = button.dataset.bounds.split(",").map(Number);
      scene.map.fitBounds([[west, south], [east, north]], { padding: 16, animate: false });
    });
  }
}

// A commune named in the field beside the map: the map goes there.
function going({ map, settings, say }) {
  const field = document.getElementById("aller");
  if (!field) return;
  field.closest("[data-map-go]").hidden = false;
  field.addEventListener("change", async () => {
    const code = /\((\w{5})\)\s*$/.exec(field.value);
    if (!code) return;
    const answer = await fetch(settings.lieu + "?" + new URLSearchParams({ niveau: "commune", code: code[1] }));
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const place = page.querySelector("[data-centre]");
    if (!place) return;
    map.jumpTo({ center: place.dataset.centre.split(",").map(Number), zoom: 9.5 });
    say("La carte montre " + field.value + ".");
  });
}

// A contour drawn with a finger, a mouse, or point by point with Enter: it fills the field « contour » of the form.
function drawing(scene) {
  const { map, figure, settings, say, canvas } = scene;
  const tools = figure.querySelector("[data-map-draw]");
  const field = document.getElementById(settings.dessine);
  if (!tools || !field) return;
  const [begin, end, clear] = ["start", "end", "clear"].map((name) => tools.querySelector("[data-draw-" + name + "]"));
  let points = [];
  let held = false;
  tools.hidden = false;

  const show = () => {
    const closed = points.length > 2;
    const geometry = closed ? { type: "Polygon", coordinates: [[...points, points[0]]] } : { type: "LineString", coordinates: points };
    map.getSource("trace").setData(points.length > 1 ? { type: "Feature", geometry, properties: {} } : { type: "FeatureCollection", features: [] });
  };
  const add = (point) => {
    const place = map.unproject(point);
    points.push([place.lng, place.lat]);
    show();
  };
  const write = () => {
    const kept = simplified(points, MOST_POINTS);
    field.value = kept.map(([x, y]) => x.toFixed(4) + "," + y.toFixed(4)).join(";");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const set = (active) => {
    scene.drawing = active;
    canvas.classList.toggle("drawing", active);
    map.dragPan[active ? "disable" : "enable"]();
    begin.hidden = active;
    end.hidden = !active;
    clear.hidden = active || points.length < 3;
  };
  begin.addEventListener("click", () => {
    points = [];
    show();
    set(true);
    say("Tracez le contour avec le doigt ou la souris, ou touchez chaque coin. Au clavier : les flèches déplacent la carte, Entrée pose un point au centre.");
    map.getCanvas().focus();
  });
  end.addEventListener("click", () => {
    if (points.length < 3) {
      say("Il faut au moins trois points pour faire un contour.");
      return;
    }
    set(false);
    write();
    say("Contour terminé : " + field.value.split(";").length + " points, écrits dans le formulaire.");
  });
  clear.addEventListener("click", () => {
    points = [];
    field.value = "";
    show();
    set(false);
    say("Contour effacé.");
  });
  const surface = map.getCanvasContainer();
  const at = (event) => {
    const frame = surface.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  };
  surface.addEventListener("pointerdown", (event) => {
    if (!scene.drawing || !event.isPrimary) return;
    held = true;
    add(at(event));
  });
  surface.addEventListener("pointermove", (event) => {
    if (scene.drawing && held && event.isPrimary) add(at(event));
  });
  window.addEventListener("pointerup", () => { held = false; });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (scene.drawing && event.key === "Enter") add(map.project(map.getCenter()));
  });
}

// Douglas and Peucker, with the tolerance that leaves at most so many points.
function simplified(points, most) {
  let kept = peucker(points, 1e-4);
  for (let tolerance = 2e-4; kept.length > most; tolerance *= 1.6) kept = peucker(points, tolerance);
  return kept;
}

function peucker(points, tolerance) {
  const keep = new Set([0, points.length - 1]);
  const parts = [[0, points.length - 1]];
  while (parts.length) {
    const [first, last] = parts.pop();
    let far = 0;
    let where = -1;
    for (let rank = first + 1; rank < last; rank += 1) {
      const away = distance(points[rank], points[first], points[last]);
      if (away > far) [far, where] = [away, rank];
    }
    if (far > tolerance) {
      keep.add(where);
      parts.push([first, where], [where, last]);
    }
  }
  return points.filter((_point, rank) => keep.has(rank));
}

function distance([x, y], [left, low], [right, high]) {
  const [across, up] = [right - left, high - low];
  const length = across * across + up * up;
  const share = length ? Math.max(0, Math.min(1, ((x - left) * across + (y - low) * up) / length)) : 0;
  return Math.hypot(x - left - share * across, y - low - share * up);
}


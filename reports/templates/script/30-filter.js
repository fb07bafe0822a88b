// One state for the whole page: what it lets through is counted everywhere and listed under "Comments".
const FIELDS = { q: "query", theme: "by-theme", page: "by-page", from: "from", to: "to", depth: "depth", language: "language" };
const state = { why: "", picked: null };
let shown = null;  // numbers of the comments that pass, or null where nothing is asked for

const tokensOf = (query) => (query.toLowerCase().match(/"[^"]+"|\S+/g) || [])
  .map((token) => token.replace(/^"|"$/g, "")).filter(Boolean);
const readForm = () => {
  const values = {};
  for (const [key, id] of Object.entries(FIELDS)) if ($(id).value.trim()) values[key] = $(id).value.trim();
  if (state.why) values.why = state.why;
  return values;
};
const setForm = (values) => {
  for (const [key, id] of Object.entries(FIELDS)) $(id).value = values[key] || "";
  state.why = values.why || "";
};

const passing = async (values) => {
  const mask = new Uint8Array(data.n);
  const theme = values.theme === "none" ? -1 : themeNumber.get(values.theme), page = pageNumber.get(values.page);
  const from = dayNumber(values.from || ""), to = dayNumber(values.to || "");
  const language = values.language ? data.languages.indexOf(values.language) : -1;
  const why = values.why ? data.reasons.indexOf(values.why) : -1;
  for (let i = 0; i < data.n; i++) {
    const tags = data.tags[i], day = data.day[i];
    mask[i] = Number(
      (values.page === undefined || data.pageOf[i] === page) &&
      (values.theme === undefined || (theme === -1 ? tags.length === 0 : tags.includes(theme))) &&
      (from === null || (day !== null && day >= from)) && (to === null || (day !== null && day <= to)) &&
      (!values.depth || (values.depth === "top") === (data.depth[i] === 1)) &&
      (!values.language || data.language[i] === language) && (!values.why || data.why[i] === why) &&
      (!state.picked || state.picked.has(i)));
  }
  const tokens = tokensOf(values.q || "");
  if (tokens.length) {
    await loadTexts((n) => { $("found").textContent = "Reading " + english.format(n) + " comments …"; });
    tokens.forEach((token, step) => scan(token, mask, step + 1, step + 2));
  }
  const last = tokens.length + 1, out = [];
  for (let i = 0; i < data.n; i++) if (mask[i] === last) out.push(i);
  return out;
};

const tally = (numbers) => {
  const pages = new Map(), themes = new Map(), cells = new Map(), reasons = new Map();
  const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
  for (const i of numbers) {
    const p = data.pageOf[i];
    add(pages, p);
    for (const t of data.tags[i]) { add(themes, t); add(cells, p * data.themes.length + t); }
    if (data.why[i] >= 0) add(reasons, data.why[i]);
  }
  return { pages, themes, cells, reasons };
};

const counters = all("[data-n],[data-why]");
counters.forEach((node) => { node.dataset.total = node.textContent; });
const updateCounts = () => {
  const found = shown ? tally(shown) : null;
  for (const node of counters) {
    if (!found) { node.textContent = node.dataset.total; continue; }
    let value = 0;
    if (node.dataset.why !== undefined) value = found.reasons.get(data.reasons.indexOf(node.dataset.why)) || 0;
    else {
      const [a, b] = node.dataset.n.split(" "), p = pageNumber.get(a), t = themeNumber.get(b === undefined ? a : b);
      value = (b !== undefined ? found.cells.get(p * data.themes.length + t)
        : p !== undefined ? found.pages.get(p) : found.themes.get(t)) || 0;
    }
    node.textContent = english.format(value) + (node.dataset.short === undefined && node.dataset.why === undefined
      ? " of " + node.dataset.total : "");
  }
  document.body.classList.toggle("filtered", Boolean(found));
};

const fragmentOf = (values) => new URLSearchParams(Object.entries(values)).toString();
let round = 0;
const applyFilter = async (keepFragment) => {
  const mine = ++round, values = readForm();
  const active = Object.keys(values).length > 0 || state.picked !== null;
  $("status").hidden = !active;
  const numbers = active ? await passing(values) : null;
  if (mine !== round) return;
  shown = numbers;
  updateCounts();
  if (active) {
    $("found").textContent = english.format(shown.length) + " of " + count(data.n, "comment") +
      (state.picked ? " in the loop" : "");
  }
  if (!keepFragment) {
    if (Object.keys(values).length) history.replaceState(null, "", "#?" + fragmentOf(values));
    else if (location.hash.startsWith("#?")) history.replaceState(null, "", location.pathname + location.search);
  }
  listResults(tokensOf(values.q || ""));
  drawMap();
};
const clearFilter = () => { setForm({}); state.picked = null; return applyFilter(); };

const setUpFilter = () => {
  const pages = $("by-page");
  data.pages.forEach((page) => { if (page.count) pages.append(make("option", { value: page.anchor }, page.title)); });
  if (data.day.some((day) => day !== null)) {
    const known = data.day.filter((day) => day !== null);
    const [low, high] = known.reduce(([a, b], day) => [Math.min(a, day), Math.max(b, day)], [Infinity, -Infinity]);
    all(".dates").forEach((label) => { label.hidden = false; });
    for (const id of ["from", "to"]) { $(id).min = dayText(low); $(id).max = dayText(high); }
  }
  const languages = data.languages.filter(Boolean);
  if (languages.length > 1) {
    $("language-label").hidden = false;
    languages.forEach((code) => $("language").append(make("option", { value: code }, code)));
  }
  const form = $("finder");
  form.hidden = false;
  let timer = 0;
  $("query").oninput = () => { clearTimeout(timer); timer = setTimeout(() => applyFilter(), 120); };
  Object.values(FIELDS).slice(1).forEach((id) => { $(id).onchange = () => { state.why = ""; applyFilter(); }; });
  form.onsubmit = (event) => {
    event.preventDefault();
    applyFilter().then(() => $("comments").scrollIntoView());
  };
  $("clear").onclick = () => clearFilter().then(() => $("query").focus());
};

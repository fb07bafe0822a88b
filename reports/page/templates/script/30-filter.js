// One state for the whole page: what it lets through is counted everywhere and listed under "Comments".
const FIELDS = { q: "query", theme: "by-theme", page: "by-page", from: "from", to: "to", depth: "depth", language: "language" };
const state = { why: "", picked: null };
let shown = null;  // numbers of the comments that pass, or null where nothing is asked for

const tokensOf = (query) => (plainer(query).match(/"[^"]+"|\S+/g) || [])
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
  showLevel(values.level || "");
};

// Each filter that is set, as a question to one comment.
const questions = (values) => {
  const out = [];
  const { tagStart, tagList, pageOf } = data;
  if (values.page !== undefined) { const p = pageNumber.get(values.page); out.push((i) => pageOf[i] === p); }
  if (values.theme === "none") out.push((i) => tagStart[i] === tagStart[i + 1]);
  else if (groupNumber.has(values.theme)) {
    const { level, group } = groupNumber.get(values.theme), { of } = data.levels[level];
    out.push((i) => of[i] === group);
  } else if (values.theme !== undefined) {
    const theme = themeNumber.get(values.theme);
    out.push((i) => { for (let k = tagStart[i]; k < tagStart[i + 1]; k++) if (tagList[k] === theme) return true; return false; });
  }
  const from = dayNumber(values.from || ""), to = dayNumber(values.to || "");
  if (from !== null) out.push((i) => data.day[i] !== null && data.day[i] >= from);
  if (to !== null) out.push((i) => data.day[i] !== null && data.day[i] <= to);
  if (values.depth) { const top = values.depth === "top"; out.push((i) => (data.depth[i] === 1) === top); }
  if (values.language) { const code = data.languages.indexOf(values.language); out.push((i) => data.language[i] === code); }
  if (values.why) { const reason = data.reasons.indexOf(values.why); out.push((i) => data.why[i] === reason); }
  if (state.picked) out.push((i) => state.picked.has(i));
  return out;
};
const passing = async (values) => {
  const mask = new Uint8Array(data.n).fill(1);
  for (const asks of questions(values)) for (let i = 0; i < data.n; i++) if (mask[i] && !asks(i)) mask[i] = 0;
  const tokens = tokensOf(values.q || "");
  if (tokens.length) {
    if (!data.blocks) await loadTexts();
    tokens.forEach((token, step) => scan(token, mask, step + 1, step + 2));
  }
  const last = tokens.length + 1, out = [];
  for (let i = 0; i < data.n; i++) if (mask[i] === last) out.push(i);
  return out;
};

const tally = (numbers) => {
  const width = data.themes.length, { tagStart, tagList, pageOf } = data;
  const groups = data.levels.map((level) => new Int32Array(level.groups.length));
  const pages = new Int32Array(data.pages.length), themes = new Int32Array(width), reasons = new Int32Array(data.reasons.length);
  const cells = new Map(wanted.map((cell) => [cell, 0]));
  const counted = new Uint8Array(data.pages.length);
  wanted.forEach((cell) => { counted[Math.floor(cell / width)] = 1; });
  for (const i of numbers) {
    const p = pageOf[i];
    pages[p]++;
    if (data.why[i] >= 0) reasons[data.why[i]]++;
    for (let k = tagStart[i]; k < tagStart[i + 1]; k++) {
      themes[tagList[k]]++;
      if (counted[p]) { const cell = p * width + tagList[k]; if (cells.has(cell)) cells.set(cell, cells.get(cell) + 1); }
    }
  }
  data.levels.forEach(({ level, of }, n) => {  // of the level that is shown: counting all would be felt at 100,000 comments
    if (String(level) === levelNow()) for (const i of numbers) if (of[i] >= 0) groups[n][of[i]]++;
  });
  return { pages, themes, cells, reasons, groups };
};

const counters = all("[data-n],[data-why]");
counters.forEach((node) => { node.dataset.total = node.textContent; });
let wanted = [];  // page and theme of the cells that the page shows, as one number each
const findCounters = () => {
  for (const node of counters) {
    node.meaning = { kind: "reasons", key: data.reasons.indexOf(node.dataset.why) };
    if (node.dataset.n === undefined) continue;
    const [a, b] = node.dataset.n.split(" "), p = pageNumber.get(a), t = themeNumber.get(b === undefined ? a : b);
    if (groupNumber.has(a)) node.meaning = { kind: "groups", key: groupNumber.get(a) };
    else if (b !== undefined) node.meaning = { kind: "cells", key: p * data.themes.length + t };
    else node.meaning = p === undefined ? { kind: "themes", key: t } : { kind: "pages", key: p };
  }
  wanted = counters.filter((node) => node.meaning.kind === "cells").map((node) => node.meaning.key);
};
const updateCounts = () => {
  const found = shown ? tally(shown) : null;
  for (const node of counters) {
    let text = node.dataset.total;
    if (found) {
      const { kind, key } = node.meaning;
      const value = kind === "cells" ? found.cells.get(key) : kind === "groups" ? found.groups[key.level][key.group] : found[kind][key];
      text = english.format(value || 0) + (kind === "themes" || kind === "groups" ? " of " + node.dataset.total : "");
    }
    if (node.textContent !== text) node.textContent = text;
  }
  document.body.classList.toggle("filtered", Boolean(found));
  drawTimeline();
};

const fragmentOf = (values) => new URLSearchParams(Object.entries({ ...values, ...(levelNow() ? { level: levelNow() } : {}) })).toString();
const keepInAddress = () => {
  const fragment = fragmentOf(readForm());
  if (fragment) history.replaceState(null, "", "#?" + fragment);
  else if (/^#([cp]-|\?)/.test(location.hash)) history.replaceState(null, "", location.pathname + location.search);
};
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
  if (!keepFragment) keepInAddress();
  listResults(tokensOf(values.q || ""));
  drawMap();
};
const clearFilter = () => { setForm({ level: levelNow() }); state.picked = null; return applyFilter(); };

const setUpFilter = () => {
  findCounters();
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
  $("query").onfocus = loadTexts;
  $("query").oninput = () => { clearTimeout(timer); timer = setTimeout(() => applyFilter(), 120); };
  Object.values(FIELDS).slice(1).forEach((id) => { $(id).onchange = () => { state.why = ""; applyFilter(); }; });
  form.onsubmit = (event) => {
    event.preventDefault();
    applyFilter().then(() => $("comments").scrollIntoView());
  };
  $("clear").onclick = () => clearFilter().then(() => $("query").focus());
};


"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const format = new Intl.NumberFormat("en");

  const body = $("theme-rows");
  const rows = body ? Array.from(body.rows) : [];
  const sortThemes = () => {
    const by = $("sort").value, kind = $("kind").value;
    const key = (row) => Number(row.dataset[by]);
    const label = (row) => row.querySelector(".name").textContent;
    rows.slice().sort((a, b) => (by === "label" ? label(a).localeCompare(label(b)) : key(b) - key(a)) ||
      a.dataset.theme - b.dataset.theme).forEach((row) => body.append(row));
    rows.forEach((row) => { row.hidden = kind !== "" && row.dataset.kind !== kind; });
  };
  if (body) {
    $("sorter").hidden = false;
    $("sort").onchange = $("kind").onchange = sortThemes;
  }

  const form = $("finder");
  const comments = all(".comment").map((node) => {
    const text = node.querySelector(".text");
    const author = node.querySelector(".author");
    return { node, text, themes: node.dataset.t.split(" ").filter(Boolean), page: node.closest(".page"),
      words: (text.textContent + "\n" + author.textContent).toLowerCase() };
  });
  if (!comments.length) return;
  form.hidden = false;

  const highlight = (query, shown) => {
    if (!window.CSS || !CSS.highlights || !window.Highlight) return;
    CSS.highlights.delete("q");
    if (!query) return;
    const ranges = [];
    for (const c of shown.slice(0, 300)) {
      const leaf = c.text.firstChild;
      if (!leaf) continue;
      const low = leaf.data.toLowerCase();
      if (low.length !== leaf.data.length) continue;
      for (let at = low.indexOf(query); at >= 0; at = low.indexOf(query, at + query.length)) {
        const range = new Range();
        range.setStart(leaf, at);
        range.setEnd(leaf, at + query.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("q", new Highlight(...ranges));
  };

  const rowOf = new Map(rows.map((row) => [row.querySelector(".name").hash.slice(1), row]));
  const filter = () => {
    const query = $("query").value.trim().toLowerCase();
    const theme = $("by-theme").value, page = $("by-page").value;
    const active = query !== "" || theme !== "" || page !== "";
    const inTheme = (c) => theme === "" || (theme === "none" ? !c.themes.length : c.themes.includes(theme));
    const shown = [], perPage = new Map(), here = new Map(), hits = new Map();
    const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
    for (const c of comments) {
      const elsewhere = (page === "" || c.page.dataset.page === page) && (query === "" || c.words.includes(query));
      const show = elsewhere && inTheme(c);
      c.node.hidden = !show;
      if (show) { shown.push(c); add(perPage, c.page); }
      c.themes.forEach((t) => { add(here, t); if (show) add(hits, t); });
    }
    all(".page").forEach((p) => { p.hidden = active && !perPage.get(p); });
    all(".gap").forEach((g) => { g.hidden = active; });
    rowOf.forEach((row, anchor) => {
      const b = row.querySelector(".count b");
      b.textContent = active ? format.format(hits.get(anchor) || 0) + " of " + format.format(here.get(anchor) || 0)
        : format.format(b.dataset.total);
    });
    const label = (anchor) => { const row = rowOf.get(anchor); return row ? row.querySelector(".name").textContent : ""; };
    const top = Array.from(hits).sort((a, b) => b[1] - a[1]).slice(0, 3)
      .map(([anchor, n]) => label(anchor) + " " + format.format(n)).join(", ");
    $("found").textContent = active ? format.format(shown.length) + " of " + format.format(comments.length) +
      " comments in this file" + (top ? "; by theme: " + top : "") : "";
    highlight(query, shown);
    const state = new URLSearchParams(Object.entries({ q: query, theme, page }).filter(([, value]) => value));
    if (active) history.replaceState(null, "", "#?" + state);
    else if (location.hash.startsWith("#?")) history.replaceState(null, "", "#threads");
  };

  let timer = 0;
  $("query").oninput = () => { clearTimeout(timer); timer = setTimeout(filter, 60); };
  $("by-theme").onchange = $("by-page").onchange = filter;
  form.onsubmit = (event) => { event.preventDefault(); filter(); };
  form.onreset = () => setTimeout(filter, 0);

  all(".all").forEach((button) => {
    button.hidden = false;
    button.onclick = () => {
      form.reset();
      $("by-theme").value = button.dataset.find;
      setTimeout(() => { filter(); $("threads").scrollIntoView(); $("by-theme").focus({ preventScroll: true }); }, 1);
    };
  });

  // A link to a comment that a filter hides must still lead there; "#?" holds the state of the filters.
  const reveal = () => {
    if (location.hash.startsWith("#?")) {
      const state = new URLSearchParams(location.hash.slice(2));
      $("query").value = state.get("q") || "";
      $("by-theme").value = state.get("theme") || "";
      $("by-page").value = state.get("page") || "";
      filter();
      $("threads").scrollIntoView();
      return;
    }
    const target = $(location.hash.slice(1));
    const fold = target && target.closest("details");
    if (fold) fold.open = true;
    if (target && target.closest("[hidden]")) { form.reset(); setTimeout(() => target.scrollIntoView(), 1); }
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  addEventListener("beforeprint", () => all("details").forEach((d) => { d.open = true; }));
})();

// A quote opens beside the page: its thread, then the whole page as it was stored, with the place marked.
const drawer = $("drawer");
let opened = null;  // {i, p, view, marks}

const chainAbove = (i) => {
  const chain = [], seen = new Set([i]);
  for (let up = data.reply[i]; up >= 0 && !seen.has(up); up = data.reply[up]) { seen.add(up); chain.unshift(up); }
  return chain;
};
// Comments stand in thread order, so what is below a comment follows it at once, deeper than it.
const repliesBelow = (i) => {
  const out = [], end = data.first[data.pageOf[i]] + data.pages[data.pageOf[i]].count;
  for (let j = i + 1; j < end && data.depth[j] > data.depth[i]; j++) out.push(j);
  return out;
};
const placed = (node, depth, current) => {
  node.classList.add("d" + Math.max(1, Math.min(7, depth)));
  if (current) { node.classList.add("current"); node.setAttribute("aria-current", "true"); }
  return node;
};

const threadView = async (i) => {
  const above = chainAbove(i), below = repliesBelow(i), box = make("div", { class: "thread" });
  const base = data.depth[above.length ? above[0] : i] - 1;
  for (const j of [...above, i, ...below.slice(0, 100)]) {
    const c = await commentAt(j);
    const extra = j === i ? [] : [threadLink(j, "open")];
    if (j === i && c.start !== null) extra.push(make("span", { class: "soft" }, "bytes " + english.format(c.start) + " to " + english.format(c.end) + " of " + data.pages[c.p].source));
    box.append(placed(commentNode(c, extra), data.depth[j] - base, j === i));
  }
  if (below.length > 100) box.append(make("p", { class: "gap" }, count(below.length - 100, "more reply", "more replies")));
  if (!above.length && !below.length) box.append(make("p", { class: "gap" }, "Nothing above it, no replies below it."));
  return box;
};

const articleNode = (body, marks) => {
  const box = make("div", { class: "story", dir: "auto" });
  // Offsets from the tables count characters; a character beyond the basic plane is two units here.
  const letters = marks ? Array.from(body.article) : null;
  const [a, b] = marks || [0, 0];
  if (letters && a < b && b <= letters.length) {
    box.append(letters.slice(0, a).join(""), make("mark", null, letters.slice(a, b).join("")), letters.slice(b).join(""));
  } else box.append(body.article);
  return box;
};
const pageView = async (p, i, marks) => {
  const body = await pageBody(p), box = make("div", { class: "whole-page" });
  box.append(make("h3", null, "The article"));
  if (body.article) {
    const fold = make("details", { class: "story-fold" }, make("summary", null, "Article text"), articleNode(body, marks));
    fold.open = i < 0;
    box.append(fold);
    if (body.cut) box.append(make("p", { class: "gap" }, "The article goes on; pages.parquet has all of it."));
  } else box.append(make("p", { class: "gap" }, "No article text is stored for this page."));
  box.append(make("h3", null, count(data.pages[p].count, "comment")));
  const thread = make("div", { class: "thread" }), first = data.first[p], end = first + data.pages[p].count;
  const from = Math.max(first, i < 0 ? first : i - 100), to = Math.min(end, (i < 0 ? first : i) + 200);
  if (from > first) thread.append(make("p", { class: "gap" }, count(from - first, "earlier comment")));
  for (let j = from; j < to; j++) thread.append(placed(commentNode(await commentAt(j), [threadLink(j, "its thread")]), data.depth[j], j === i));
  if (end > to) thread.append(make("p", { class: "gap" }, count(end - to, "later comment")));
  box.append(thread);
  return box;
};

const likeView = async (i) => {
  const box = make("div", { class: "thread" }), pairs = data.near.get(i) || [];
  box.append(make("p", { class: "gap" }, "The comments whose meaning the model finds nearest to this one; 100 would be the same words."));
  for (let k = 0; k < pairs.length; k += 2) {
    const c = await commentAt(pairs[k]);
    box.append(commentNode(c, [threadLink(pairs[k], "in its thread"), make("span", { class: "soft" }, "closeness " + pairs[k + 1] + ", under ", isolate(data.pages[c.p].title))], 400));
  }
  return box;
};

const VIEWS = ["thread", "page", "like"];
const showView = async () => {
  const { i, p, view, marks } = opened, page = data.pages[p];
  const node = view === "page" ? await pageView(p, i, marks) : view === "like" ? await likeView(i) : await threadView(i);
  if (!opened || opened.i !== i || opened.p !== p || opened.view !== view) return;
  const body = $("drawer-body");
  clear(body);
  body.append(node);
  body.setAttribute("aria-labelledby", "tab-" + view);
  for (const name of VIEWS) {
    $("tab-" + name).setAttribute("aria-selected", String(view === name));
    $("tab-" + name).tabIndex = view === name ? 0 : -1;
  }
  $("tab-thread").hidden = i < 0;
  $("tab-like").hidden = !data.near.has(i);
  $("drawer-title").textContent = page.title;
  clear($("drawer-from"));
  const address = webAddress(page.url), c = i < 0 ? null : await commentAt(i), link = c && webAddress(c.permalink);
  $("drawer-from").append(isolate(page.source), " ");
  if (link || address) $("drawer-from").append(outside("open the page on the web", link || address));
  $("copied").textContent = "";
  $("copy-citation").hidden = i < 0;
  const current = body.querySelector("mark") || body.querySelector(".current");
  if (current) current.scrollIntoView({ block: "center" }); else body.scrollTop = 0;
};
const openDrawer = (what) => {
  opened = what;
  if (!drawer.open) drawer.showModal();
  return showView();
};
const openComment = (i, view) => openDrawer({ i, p: data.pageOf[i], view: view || "thread", marks: null });
const openPage = (p, marks) => openDrawer({ i: -1, p, view: "page", marks });

const citation = async () => {
  const c = await commentAt(opened.i), page = data.pages[opened.p];
  return "“" + c.text.trim() + "” (" + (c.author || "author unknown") + ", " + (c.date || "no date") + "). Comment " + c.id +
    " under “" + page.title + "”, " + (page.url || page.source) + (c.start === null ? "" : ", bytes " + c.start + " to " + c.end) +
    ". Below the line, run " + document.body.dataset.run + ".";
};
const copy = async (text, said) => {
  try { await navigator.clipboard.writeText(text); } catch {
    const area = make("textarea", { "aria-label": "text to copy" }, text);
    drawer.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  $("copied").textContent = said;
};

const setUpDrawer = () => {
  $("drawer-close").onclick = () => drawer.close();
  drawer.onclick = (event) => { if (event.target === drawer) drawer.close(); };
  drawer.onclose = () => {
    opened = null;
    if (/^#[cp]-/.test(location.hash)) keepInAddress();
  };
  const choose = (view) => { opened.view = view; return showView().then(() => $("tab-" + view).focus()); };
  for (const name of VIEWS) {
    $("tab-" + name).onclick = () => choose(name);
    $("tab-" + name).onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], there = VIEWS.filter((view) => !$("tab-" + view).hidden);
      if (step) choose(there[(there.indexOf(opened.view) + step + there.length) % there.length]);
    };
  }
  $("copy-citation").onclick = async () => copy(await citation(), "Citation copied.");
  $("copy-link").onclick = () => copy(location.href, "Link copied.");
};

// The list of comments that pass the filters, fifty at a time.
const PORTION = 50;
let listed = 0, listedTokens = [], listing = 0;

const meta = (c) => [
  c.author ? make("bdi", { class: "author" }, c.author) : make("span", { class: "author none" }, "unknown"),
  make("span", { class: "date" }, isolate(c.date || "no date")),
];
const tagsOf = (i) => {
  const out = data.tags[i].map((t) => make("a", { class: "tag", href: "#" + data.themes[t].anchor, dir: "auto" }, data.themes[t].label));
  if (data.why[i] >= 0) out.push(make("span", { class: "tag none" }, "in no theme: " + (data.reasons[data.why[i]] || "no reason recorded")));
  return out;
};
const shorten = (text, most) => (text.length > most ? text.slice(0, most).replace(/\s+\S*$/, "") + " […]" : text);
const commentNode = (c, extra, most = Infinity) => {
  const footer = make("footer", null, ...tagsOf(c.i));
  if (c.seen !== null) footer.append(make("span", { class: "tag none" }, "the model read " + Math.round(c.seen * 100) + "% of it"));
  if (extra) footer.append(...extra);
  const node = make("article", { class: "comment" }, make("header", null, ...meta(c)), make("div", { class: "text", dir: "auto" }, shorten(c.text, most)), footer);
  if (editing) node.append(commentTools(c));
  return node;
};
const threadLink = (i, words) => make("a", { href: "#" + anchorOf(i) }, words);

const highlight = () => {
  if (!window.CSS || !CSS.highlights || !window.Highlight) return;
  CSS.highlights.delete("q");
  if (!listedTokens.length) return;
  const ranges = [];
  for (const node of all("#results .text, #results .author")) {
    const leaf = node.firstChild, low = leaf ? plainer(leaf.data) : "";
    if (!leaf || low.length !== leaf.data.length) continue;
    for (const token of listedTokens) {
      for (let at = low.indexOf(token); at >= 0; at = low.indexOf(token, at + token.length)) {
        const range = new Range();
        range.setStart(leaf, at);
        range.setEnd(leaf, at + token.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set("q", new Highlight(...ranges));
};

const showMore = async () => {
  const mine = listing, part = shown.slice(listed, listed + PORTION);
  const nodes = [];
  for (const i of part) {
    const c = await commentAt(i);
    nodes.push(commentNode(c, [threadLink(i, "in its thread"), make("span", { class: "soft" }, "under ", isolate(data.pages[c.p].title))]));
  }
  if (mine !== listing) return;
  listed += part.length;
  $("results").append(...nodes);
  $("more-results").hidden = listed >= shown.length;
  $("more-results").textContent = "Show " + english.format(Math.min(PORTION, shown.length - listed)) + " more";
  highlight();
};
const listResults = (tokens) => {
  listing++;
  listed = 0;
  listedTokens = tokens;
  clear($("results"));
  $("more-results").hidden = true;
  $("results-note").textContent = shown
    ? (shown.length ? count(shown.length, "comment") + " of " + english.format(data.n) + ", in the order of pages and threads."
      : "No comment passes these filters.")
    : "Search or filter above, or choose a number anywhere on this page, and the comments are listed here.";
  return shown && shown.length ? showMore() : undefined;
};
const setUpResults = () => {
  $("results-box").hidden = false;
  $("more-results").onclick = showMore;
};

// Packed details: the index is unpacked once, a chunk of texts when one of its comments is asked for.
const bytesOf = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
};
const unpack = async (node) => {
  const packed = new Blob([bytesOf(node.textContent)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("deflate-raw"))).json();
};

const data = { n: 0, pages: [], themes: [], first: [], pageOf: null, chunks: [], nodes: null, blocks: null };
const pageNumber = new Map(), themeNumber = new Map(), commentNumber = new Map();
const groupNumber = new Map();  // by anchor: {level, group}, both as numbers

const loadIndex = async () => {
  const index = await unpack($("index"));
  Object.assign(data, index);
  data.n = index.depth.length;
  data.nodes = all("script.chunk");
  data.pageOf = new Int32Array(data.n);
  data.reply = index.up.map((step, i) => (step ? i - step : -1));
  let at = 0;
  data.first = index.pages.map((page, p) => {
    const start = at;
    pageNumber.set(page.anchor, p);
    data.pageOf.fill(p, start, start + page.count);
    at += page.count;
    return start;
  });
  index.themes.forEach((theme, t) => themeNumber.set(theme.anchor, t));
  index.levels.forEach((level) => { level.of = Int32Array.from(level.of); });
  index.levels.forEach(({ groups }, level) => groups.forEach(({ anchor }, group) => groupNumber.set(anchor, { level, group })));
  data.near = new Map(index.near.map(([i, ...pairs]) => [i, pairs]));
  data.tagStart = new Int32Array(data.n + 1);
  index.tags.forEach((tags, i) => { data.tagStart[i + 1] = data.tagStart[i] + tags.length; });
  data.tagList = Int32Array.from(index.tags.flat());
};

// Half a megabyte of anchors is cut up only when a link asks for one.
const findComment = (anchor) => {
  if (!commentNumber.size) for (let i = 0; i < data.n; i++) commentNumber.set(data.anchors.substr(i * 12, 12), i);
  const found = commentNumber.get(anchor.slice(2));
  return found === undefined ? -1 : found;
};
const anchorOf = (i) => "c-" + data.anchors.substr(i * 12, 12);

const chunkOf = (number) => (data.chunks[number] = data.chunks[number] || unpack(data.nodes[number]));
const pageBody = async (p) => (await chunkOf(data.pages[p].chunk))[data.pages[p].place];
const commentAt = async (i) => {
  const p = data.pageOf[i], row = (await pageBody(p)).rows[i - data.first[p]];
  return { i, p, text: row[0], author: row[1], date: row[2], permalink: row[3], start: row[4], end: row[5], seen: row[6],
    id: row[7] };
};

// For searching: lower-case texts joined into blocks, and where each comment starts in its block. A block holds either
// texts of one byte a letter only, which the browser looks through several times faster, or the others.
const BLOCK = 2000000;
const plainer = (text) => text.toLowerCase().replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u201c\u201d]/g, '"')
  .replace(/[\u2010-\u2015]/g, "-").replace(/\u2026/g, "...").replace(/\u00a0/g, " ");
const isWide = (text) => /[^\u0000-\u00ff]/.test(text);
const makeBlock = () => ({ parts: [], starts: [], numbers: [], size: 0 });
let loading = null;
const loadTexts = () => (loading = loading || joinTexts());
const joinTexts = async () => {
  const done = [], open = [makeBlock(), makeBlock()];
  const close = (block) => done.push({ text: block.parts.join(""), starts: Int32Array.from(block.starts), numbers: Int32Array.from(block.numbers) });
  let i = 0;
  for (let c = 0; c < data.nodes.length; c++) {
    for (const body of await chunkOf(c)) {
      for (const row of body.rows) {
        const low = plainer(row[1] ? row[1] + "\n" + row[0] : row[0]) + "\u0000", wide = Number(isWide(low));
        if (open[wide].size > BLOCK) { close(open[wide]); open[wide] = makeBlock(); }
        const block = open[wide];
        block.parts.push(low);
        block.starts.push(block.size);
        block.numbers.push(i++);
        block.size += low.length;
      }
    }
    if (!data.blocks && !$("status").hidden) $("found").textContent = "Reading " + english.format(i) + " comments …";
  }
  open.forEach(close);
  data.blocks = done;
};

// Sets mask[i] to `to` for comments that hold the token and have mask[i] === from.
const scan = (token, mask, from, to) => {
  for (const { text, starts, numbers } of data.blocks) {
    let n = 0;
    for (let at = text.indexOf(token); at >= 0;) {
      let step = 1, high;
      while (n + step < starts.length && starts[n + step] <= at) step *= 2;  // hits lie close together: gallop, then halve
      high = Math.min(n + step, starts.length) - 1;
      while (n < high) {
        const middle = (n + high + 1) >> 1;
        if (starts[middle] <= at) n = middle; else high = middle - 1;
      }
      if (mask[numbers[n]] === from) mask[numbers[n]] = to;
      if (++n >= starts.length) break;
      at = text.indexOf(token, starts[n]);
    }
  }
};

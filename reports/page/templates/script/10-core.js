const $ = (id) => document.getElementById(id);
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const english = new Intl.NumberFormat("en");
const count = (value, one, many) => english.format(value) + " " + (value === 1 ? one : many || one + "s");

// Everything from input goes in as text or as one of these attributes; nothing is ever parsed as HTML.
const ATTRIBUTES = new Set(["class", "id", "dir", "href", "rel", "title", "type", "role", "lang", "value", "aria-label", "for"]);
const make = (tag, attributes, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (ATTRIBUTES.has(name) && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};
const isolate = (text) => make("bdi", null, text);

const BAD = /[\s<>"'`\\^{|}\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const webAddress = (text) => {
  if (!text || !/^https?:\/\//i.test(text) || BAD.test(text)) return null;
  try { return new URL(text).hostname ? text : null; } catch { return null; }
};
const outside = (text, address) => make("a", { class: "out", href: address, rel: "noopener noreferrer nofollow" }, text);

const dayText = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
const dayNumber = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) / 86400000 : null);
const clear = (node) => { while (node.firstChild) node.firstChild.remove(); };
const press = (button, on) => button.setAttribute("aria-pressed", String(on));

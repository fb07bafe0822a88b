// Edits of an analyst, collected here and downloaded as edits.toml for the next run (docs/formats.md).
const edits = [], marked = new Map();
let editing = false;
const KEYS = ["action", "theme_id", "theme_ids", "comment_id", "comment_ids", "label", "text"];

const tomlText = (text) => '"' + text.replace(/[\\"]/g, "\\$&")
  .replace(/[\u0000-\u001f\u007f]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")) + '"';
const tomlValue = (value) => (Array.isArray(value) ? "[" + value.map(tomlText).join(", ") + "]" : tomlText(value));
const toml = () => edits.map((edit) => "[[edit]]\n" + KEYS.filter((key) => edit[key] !== undefined)
  .map((key) => key + " = " + tomlValue(edit[key]) + "\n").join("")).join("\n");

const labelOf = (id) => { const theme = data.themes.find((t) => t.id === id); return theme ? theme.label : id; };
const sayEdit = (e) => {
  const theme = e.theme_id ? isolate("“" + labelOf(e.theme_id) + "”") : null, comment = e.comment_id ? "comment " + e.comment_id : null;
  if (e.action === "rename") return ["rename ", theme, " to ", isolate("“" + e.label + "”")];
  if (e.action === "merge") return ["merge ", ...e.theme_ids.flatMap((id, n) => [n ? " and " : "", isolate("“" + labelOf(id) + "”")])];
  if (e.action === "split") return ["split " + count(e.comment_ids.length, "comment") + " off ", theme, " as ", isolate("“" + e.label + "”")];
  if (e.action === "pin") return ["pin " + comment + " to ", theme];
  if (e.action === "exclude") return comment ? ["exclude " + comment, theme ? " from " : " from all themes", theme] : ["drop the theme ", theme];
  return ["note: ", isolate(e.text), " (", comment || theme, ")"];
};
const showEdits = () => {
  clear($("edit-list"));
  edits.forEach((edit, n) => {
    const drop = make("button", { type: "button", "aria-label": "remove edit " + (n + 1) }, "Remove");
    drop.onclick = () => { edits.splice(n, 1); showEdits(); };
    $("edit-list").append(make("li", null, ...sayEdit(edit).filter(Boolean), " ", drop));
  });
  $("edit-none").hidden = edits.length > 0;
  $("edit-download").disabled = edits.length === 0;
  $("edit-text").textContent = toml();
  $("edit-split").hidden = marked.size === 0;
  $("edit-marked").textContent = count(marked.size, "comment") + " marked;";
  const themes = new Set(Array.from(marked.values()).flatMap((tags) => tags)), chosen = $("split-from").value;
  clear($("split-from"));
  themes.forEach((t) => $("split-from").append(make("option", { value: data.themes[t].id }, data.themes[t].label)));
  if (Array.from(themes).some((t) => data.themes[t].id === chosen)) $("split-from").value = chosen;
  $("edit-said").textContent = "";
};
const addEdit = (edit) => { edits.push(edit); showEdits(); };
const button = (words, act) => { const node = make("button", { type: "button" }, words); node.onclick = act; return node; };
const themeOptions = (keep) => data.themes.filter(keep).map((t) => make("option", { value: t.id }, t.label));

const themeTools = (item) => {
  const theme = data.themes[themeNumber.get(item.id)];
  const name = make("input", { type: "text", dir: "auto", value: theme.label, "aria-label": "new name of " + theme.label });
  const other = make("select", { "aria-label": "theme to merge into " + theme.label }, ...themeOptions((t) => t.kind === theme.kind && t.id !== theme.id));
  const note = make("input", { type: "text", dir: "auto", placeholder: "a note", "aria-label": "note on " + theme.label });
  return make("div", { class: "edit tools theme-tools" }, name,
    button("Rename", () => { const label = name.value.trim(); if (label && label !== theme.label) addEdit({ action: "rename", theme_id: theme.id, label }); }),
    ...(other.options.length ? [other, button("Merge into this", () => addEdit({ action: "merge", theme_ids: [theme.id, other.value] }))] : []),
    button("Exclude theme", () => addEdit({ action: "exclude", theme_id: theme.id })), note,
    button("Note", () => { if (note.value.trim()) { addEdit({ action: "note", theme_id: theme.id, text: note.value.trim() }); note.value = ""; } }));
};
const commentTools = (c) => {
  const where = make("select", { "aria-label": "theme to pin this comment to" }, ...themeOptions(() => true));
  const tags = data.tags[c.i];
  const out = [where, button("Pin", () => addEdit({ action: "pin", comment_id: c.id, theme_id: where.value })),
    button("Exclude from all", () => addEdit({ action: "exclude", comment_id: c.id }))];
  for (const t of tags) out.push(button("Exclude from “" + data.themes[t].label + "”", () => addEdit({ action: "exclude", comment_id: c.id, theme_id: data.themes[t].id })));
  if (tags.length) {
    const mark = button(marked.has(c.id) ? "Unmark" : "Mark for a split", () => {
      if (!marked.delete(c.id)) marked.set(c.id, tags);
      mark.textContent = marked.has(c.id) ? "Unmark" : "Mark for a split";
      press(mark, marked.has(c.id));
      showEdits();
    });
    press(mark, marked.has(c.id));
    out.push(mark);
  }
  return make("div", { class: "edit tools comment-tools" }, ...out);
};

const setUpEditing = () => {
  if (!$("edit-mode")) return;
  $("edit-mode").onclick = () => {
    editing = !editing;
    press($("edit-mode"), editing);
    $("edit").hidden = !editing;
    all(".theme-tools").forEach((node) => node.remove());
    if (editing) all("#theme-list > .theme").filter((item) => themeNumber.has(item.id)).forEach((item) => item.querySelector(".row").after(themeTools(item)));
    showEdits();
    applyFilter();
  };
  $("split-add").onclick = () => {
    const from = $("split-from").value, label = $("split-label").value.trim(), t = data.themes.findIndex((theme) => theme.id === from);
    const ids = Array.from(marked).filter(([, tags]) => tags.includes(t)).map(([id]) => id).sort();
    if (!label || !ids.length) { $("edit-said").textContent = "A split needs a name."; return; }
    ids.forEach((id) => marked.delete(id));
    $("split-label").value = "";
    addEdit({ action: "split", theme_id: from, comment_ids: ids, label });
  };
  $("split-forget").onclick = () => { marked.clear(); showEdits(); };
  $("edit-download").onclick = () => {
    const address = URL.createObjectURL(new Blob([toml()], { type: "application/toml" }));
    const link = make("a", { href: address });
    link.download = "edits.toml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    $("edit-said").textContent = count(edits.length, "edit") + " downloaded.";
  };
};

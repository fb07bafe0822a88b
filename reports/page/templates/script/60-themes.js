// The list of themes: order, kinds, level, cards.
let arrange = () => {};
const levelNow = () => ($("level") ? $("level").value : "");
const showLevel = (level) => {
  if (!$("level") || $("level").value === level) return;
  $("level").value = level;
  arrange();
};
const setUpThemes = () => {
  const list = $("theme-list");
  if (!list) return;
  const items = Array.from(list.children);
  const nameOf = (item) => item.querySelector(".name").textContent;
  arrange = () => {
    const by = $("sort").value, kind = $("kind").value, level = levelNow();
    const onLevel = (item) => (item.dataset.level === undefined ? level === "" || item.dataset.kind === "named" : item.dataset.level === level);
    const value = (item) => Number(item.dataset[by]);
    const loose = (item) => (by === "label" ? 0 : Number(item.dataset.loose || 0));
    items.slice().sort((a, b) => loose(a) - loose(b) || (by === "label" ? nameOf(a).localeCompare(nameOf(b)) : value(b) - value(a)) ||
      items.indexOf(a) - items.indexOf(b)).forEach((item) => list.append(item));
    if ($("group-axis")) {  // wider groups have a longer axis: named themes beside them are drawn on it too
      $("group-axis").hidden = level === "";
      $("group-axis").previousElementSibling.toggleAttribute("hidden", level !== "");
      const width = level === "" ? "100%" : list.dataset.scale + "%";
      all("#theme-list > :not(.group) .sharebar").forEach((bar) => bar.setAttribute("width", width));
    }
    items.forEach((item) => { item.hidden = !onLevel(item) || (kind !== "" && item.dataset.kind !== kind); });
    drawMap();
  };
  $("sorter").hidden = false;
  $("sort").onchange = $("kind").onchange = arrange;
  if ($("level")) {
    $("levels").hidden = true;  // the same groups as a plain list, for a page without this script
    $("level").onchange = () => { arrange(); updateCounts(); keepInAddress(); };
  }
  $("open-all").onclick = () => {
    const cards = all("#theme-list details.card"), open = cards.some((card) => !card.open);
    cards.forEach((card) => { card.open = open; });
    $("open-all").textContent = open ? "Close all" : "Open all";
  };
  all(".all").forEach((button) => {
    button.hidden = false;
    button.onclick = () => { location.hash = "#?theme=" + button.dataset.find; };
  });
};
const openTheme = (anchor) => {
  const item = $(anchor);
  if (!item) return;
  item.hidden = false;
  item.querySelector("details.card").open = true;
  item.scrollIntoView();
};

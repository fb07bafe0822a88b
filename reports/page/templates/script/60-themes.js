// The list of themes: order, kinds, cards.
const setUpThemes = () => {
  const list = $("theme-list");
  if (!list) return;
  const items = Array.from(list.children);
  const nameOf = (item) => item.querySelector(".name").textContent;
  const arrange = () => {
    const by = $("sort").value, kind = $("kind").value;
    const value = (item) => Number(item.dataset[by]);
    items.slice().sort((a, b) => (by === "label" ? nameOf(a).localeCompare(nameOf(b)) : value(b) - value(a)) ||
      a.dataset.theme - b.dataset.theme).forEach((item) => list.append(item));
    items.forEach((item) => { item.hidden = kind !== "" && item.dataset.kind !== kind; });
  };
  $("sorter").hidden = false;
  $("sort").onchange = $("kind").onchange = arrange;
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

// Links inside the page: #c- a comment, #t- a theme, #p- a page, #? a state of the filters.
const values = (hash) => Object.fromEntries(new URLSearchParams(hash.slice(2)));
const follow = async (hash, marks) => {
  if (hash.startsWith("#?")) {
    if (drawer.open) drawer.close();
    setForm(values(hash));
    state.picked = null;
    history.replaceState(null, "", hash);
    await applyFilter();
    $(shown ? "comments" : "themes").scrollIntoView();
  } else if (hash.startsWith("#c-")) {
    const i = findComment(hash.slice(1));
    if (i >= 0) await openComment(i);
  } else if (hash.startsWith("#t-")) {
    if (drawer.open) drawer.close();
    openTheme(hash.slice(1));
  } else if (hash.startsWith("#p-") && pageNumber.has(hash.slice(1))) {
    await openPage(pageNumber.get(hash.slice(1)), marks || null);
  } else if (drawer.open) drawer.close();
};
const setUpLinks = () => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const hash = link.getAttribute("href");
    if (!/^#(\?|[ctp]-)/.test(hash)) return;
    event.preventDefault();
    if (location.hash !== hash) history.pushState(null, "", hash);
    const { start, end } = link.dataset;
    follow(hash, start === undefined ? null : [Number(start), Number(end)]);
  });
  const go = () => follow(location.hash);
  addEventListener("hashchange", go);
  addEventListener("popstate", () => { if (location.hash.length < 2 && drawer.open) drawer.close(); });
  if (location.hash.length > 1) return go();
  return undefined;
};

const openForPrint = () => all("#theme-list > :not(.thin) details.card, #residual details").forEach((fold) => { fold.open = true; });
addEventListener("beforeprint", openForPrint);
const begin = async () => {
  if (!window.DecompressionStream || !drawer.showModal) return;  // an old browser: lists and quotes work all the same
  setUpThemes();
  await loadIndex();
  setUpFilter();
  setUpTimeline();
  setUpResults();
  setUpDrawer();
  setUpEditing();
  setUpMap();
  await setUpLinks();
  document.documentElement.dataset.ready = "yes";
};
if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin); else begin();

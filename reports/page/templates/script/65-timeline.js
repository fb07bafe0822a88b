// The timeline: drag across it to choose a period; while a filter is on, columns show what passes it before all.
let drawTimeline = () => {};
const binDays = (key) => {
  const [year, month, day] = key.split("-").map(Number);
  if (day) return [dayNumber(key), dayNumber(key)];
  const start = Date.UTC(year, (month || 1) - 1, 1), next = month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return [start / 86400000, next / 86400000 - 1];
};
const setUpTimeline = () => {
  const svg = document.querySelector("svg.time");
  if (!svg) return;
  const columns = all("[data-bin]", svg), days = columns.map((column) => binDays(column.dataset.bin));
  const totals = new Int32Array(columns.length), binOf = new Int32Array(data.n).fill(-1);
  data.day.forEach((day, i) => {
    if (day === null) return;
    let low = 0, high = days.length - 1;
    while (low < high) { const middle = (low + high + 1) >> 1; if (days[middle][0] <= day) low = middle; else high = middle - 1; }
    binOf[i] = low;
    totals[low]++;
  });
  const boxes = columns.map((column) => ({ base: Number(column.getAttribute("y")) + Number(column.getAttribute("height")), tall: Number(column.getAttribute("height")) }));
  columns.forEach((column) => { const ghost = column.cloneNode(false); ghost.removeAttribute("data-bin"); ghost.setAttribute("class", "ghost"); column.before(ghost); });
  drawTimeline = () => {
    const counts = shown ? new Int32Array(columns.length) : totals;
    if (shown) for (const i of shown) if (binOf[i] >= 0) counts[binOf[i]]++;
    svg.classList.toggle("away", Boolean(shown));
    columns.forEach((column, n) => {
      const tall = totals[n] ? (boxes[n].tall * counts[n]) / totals[n] : 0;
      column.setAttribute("y", boxes[n].base - tall);
      column.setAttribute("height", tall);
    });
  };
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return Math.max(0, Math.min(columns.length - 1, Math.floor(((event.clientX - box.left) / box.width) * columns.length)));
  };
  const mark = (a, b) => columns.forEach((column, n) => column.classList.toggle("out", n < Math.min(a, b) || n > Math.max(a, b)));
  let start = -1;
  svg.classList.add("brush");
  $("brush-hint").hidden = false;
  svg.onpointerdown = (event) => { start = at(event); svg.setPointerCapture(event.pointerId); mark(start, start); event.preventDefault(); };
  svg.onpointermove = (event) => { if (start >= 0) mark(start, at(event)); };
  svg.onpointercancel = () => { start = -1; mark(0, columns.length); };
  svg.onpointerup = (event) => {
    if (start < 0) return;
    const [a, b] = [start, at(event)].sort((x, y) => x - y);
    start = -1;
    mark(0, columns.length);
    $("from").value = dayText(days[a][0]);
    $("to").value = dayText(days[b][1]);
    applyFilter();
  };
};

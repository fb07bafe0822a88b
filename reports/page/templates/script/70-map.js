// The map: dots on a canvas, names of themes where their comments lie, a loop to pick comments.
const PALETTE = ["--map1", "--map2", "--map3", "--map4", "--map5", "--map6", "--map7"];
const view = { x: 0, y: 0, scale: 1, loop: null, mode: "lasso" };
const canvas = $("map-canvas");
let drawMap = () => {};

const setUpMap = () => {
  if (!data.map || !canvas.getContext) return;
  $("map").hidden = $("map-link").hidden = false;
  const box = $("map-box"), context = canvas.getContext("2d"), tip = $("map-tip");
  const dots = [];
  for (let i = 0; i < data.n; i++) if (data.map[2 * i] >= 0) dots.push(i);
  const members = data.themes.map(() => []);
  dots.forEach((i) => data.tags[i].forEach((t) => members[t].push(i)));
  const ranked = members.map((_, t) => t).filter((t) => members[t].length)
    .sort((a, b) => members[b].length - members[a].length || a - b);
  const colourOf = new Map(ranked.map((t, n) => [t, n]));
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const named = (label, inside) => ({ label, x: middle(inside.map((i) => data.map[2 * i])), y: middle(inside.map((i) => data.map[2 * i + 1])) });
  const names = { "": ranked.map((t) => named(data.themes[t].label, members[t])) };
  const namesOf = (wanted) => {
    if (names[wanted]) return names[wanted];
    const { groups, of } = data.levels.find(({ level }) => String(level) === wanted), inside = groups.map(() => []);
    dots.forEach((i) => { if (of[i] >= 0) inside[of[i]].push(i); });
    return (names[wanted] = groups.map((group, g) => named(group.label, inside[g])).filter((name) => name.x !== undefined));
  };
  const rankOf = new Int32Array(data.n).fill(-1);  // the largest of its themes colours a dot
  dots.forEach((i) => { for (const t of data.tags[i]) if (rankOf[i] < 0 || colourOf.get(t) < rankOf[i]) rankOf[i] = colourOf.get(t); });
  let width = 0, height = 0, unit = 1;
  const at = (i) => [view.x + data.map[2 * i] * unit * view.scale, view.y + (4095 - data.map[2 * i + 1]) * unit * view.scale];

  let asked = false;
  drawMap = () => {
    if (asked || !width) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; paint(); });
  };
  const paint = () => {
    const style = getComputedStyle(document.documentElement), ratio = window.devicePixelRatio || 1;
    const colour = (name) => style.getPropertyValue(name).trim();
    const inks = PALETTE.map(colour), other = colour("--map0"), none = colour("--map-none");
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const wanted = shown ? new Set(shown) : null, radius = Math.min(5, (dots.length > 5000 ? 1.2 : dots.length > 800 ? 2.2 : 3.4) * Math.sqrt(view.scale));
    for (const pass of [0, 1]) {
      for (const i of dots) {
        const rank = rankOf[i], on = !wanted || wanted.has(i);
        if ((rank < 0 || !on) !== (pass === 0)) continue;
        const [x, y] = at(i);
        if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
        context.globalAlpha = on ? 0.85 : 0.18;
        context.fillStyle = rank < 0 ? none : rank < inks.length ? inks[rank] : other;
        if (radius < 2) { context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius); continue; }
        context.beginPath();
        context.arc(x, y, radius, 0, 7);
        context.fill();
      }
    }
    context.globalAlpha = 1;
    drawNames(colour("--ink"), colour("--paper"));
    if (view.loop) drawLoop(colour("--link"));
  };
  // Names of the largest themes first; one that would cover another waits until the map is closer.
  const drawNames = (ink, paper) => {
    const taken = [];
    context.font = "600 13px " + getComputedStyle(document.body).fontFamily;
    context.textAlign = "center";
    context.lineJoin = "round";
    for (const { label: whole, x, y } of namesOf(levelNow())) {
      if (taken.length >= 12 * view.scale) break;
      const label = whole.length > 34 ? whole.slice(0, 33) + "…" : whole;
      const px = view.x + x * unit * view.scale, py = view.y + (4095 - y) * unit * view.scale;
      const half = context.measureText(label).width / 2 + 4;
      const place = [Math.max(half, Math.min(width - half, px)), Math.max(14, Math.min(height - 8, py))];
      if (px < 0 || py < 0 || px > width || py > height) continue;
      if (taken.some(([a, b, h]) => Math.abs(a - place[0]) < h + half && Math.abs(b - place[1]) < 18)) continue;
      taken.push([...place, half]);
      context.lineWidth = 4;
      context.strokeStyle = paper;
      context.strokeText(label, ...place);
      context.fillStyle = ink;
      context.fillText(label, ...place);
    }
  };
  const drawLoop = (ink) => {
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.beginPath();
    view.loop.forEach(([x, y], n) => (n ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.stroke();
  };

  const resize = () => {
    width = box.clientWidth;
    height = Math.max(320, Math.min(640, Math.round(width * 0.62)));
    canvas.style.height = height + "px";
    whole();
  };
  const whole = () => {
    unit = Math.min((width - 40) / 4096, (height - 40) / 4096);
    view.scale = 1;
    const xs = dots.map((i) => data.map[2 * i]), ys = dots.map((i) => 4095 - data.map[2 * i + 1]);
    const [x, y] = [xs, ys].map((v) => v.reduce(([a, b], n) => [Math.min(a, n), Math.max(b, n)], [4096, 0]));
    unit = Math.min((width - 60) / (x[1] - x[0] || 1), (height - 50) / (y[1] - y[0] || 1));
    view.x = (width - (x[0] + x[1]) * unit) / 2;
    view.y = (height - (y[0] + y[1]) * unit) / 2;
    drawMap();
  };
  const zoom = (factor, cx, cy) => {
    const scale = Math.max(0.5, Math.min(40, view.scale * factor)), real = scale / view.scale;
    view.x = cx - (cx - view.x) * real;
    view.y = cy - (cy - view.y) * real;
    view.scale = scale;
    drawMap();
  };
  const inside = (x, y, loop) => {
    let odd = false;
    for (let n = 0, m = loop.length - 1; n < loop.length; m = n++) {
      const [ax, ay] = loop[n], [bx, by] = loop[m];
      if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
    return odd;
  };
  const nearest = (x, y) => {
    let best = -1, least = 144;
    for (const i of dots) {
      const [a, b] = at(i), far = (a - x) ** 2 + (b - y) ** 2;
      if (far < least) { least = far; best = i; }
    }
    return best;
  };
  const mode = (name) => {
    view.mode = name;
    press($("map-lasso"), name === "lasso");
    press($("map-move"), name === "move");
    canvas.classList.toggle("moving", name === "move");
  };
  let start = null, hover = 0;
  const point = (event) => { const r = canvas.getBoundingClientRect(); return [event.clientX - r.left, event.clientY - r.top]; };
  canvas.onpointerdown = (event) => {
    start = { at: point(event), x: view.x, y: view.y };
    if (view.mode === "lasso") view.loop = [start.at];
    canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => {
    const [x, y] = point(event);
    if (start && view.mode === "lasso") { view.loop.push([x, y]); drawMap(); return; }
    if (start) { view.x = start.x + x - start.at[0]; view.y = start.y + y - start.at[1]; drawMap(); return; }
    const i = nearest(x, y), mine = ++hover;
    if (i < 0) { tip.hidden = true; return; }
    commentAt(i).then((c) => {
      if (mine !== hover) return;
      tip.textContent = c.text.length > 160 ? c.text.slice(0, 160) + " …" : c.text;
      tip.style.left = Math.max(0, Math.min(width - 280, x + 12)) + "px";
      tip.style.top = Math.min(height - 90, y + 12) + "px";
      tip.hidden = false;
    });
  };
  canvas.onpointerleave = () => { hover++; tip.hidden = true; };
  canvas.onpointerup = (event) => {
    const end = point(event), still = start && Math.hypot(end[0] - start.at[0], end[1] - start.at[1]) < 5;
    const loop = view.loop;
    start = null;
    view.loop = null;
    if (still && (!loop || loop.length < 8)) {
      const i = nearest(...end);
      if (i >= 0) location.hash = "#" + anchorOf(i); else drawMap();
    } else if (loop && loop.length > 2) {
      state.picked = new Set(dots.filter((i) => inside(...at(i), loop)));
      applyFilter();
    }
  };
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && view.mode !== "move") return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, ...point(event));
  }, { passive: false });
  canvas.onkeydown = (event) => {
    const step = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key];
    if (step) { view.x += step[0]; view.y += step[1]; drawMap(); event.preventDefault(); }
    if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.3 : 1 / 1.3, width / 2, height / 2);
  };
  $("map-lasso").onclick = () => mode("lasso");
  $("map-move").onclick = () => mode("move");
  $("map-in").onclick = () => zoom(1.5, width / 2, height / 2);
  $("map-out").onclick = () => zoom(1 / 1.5, width / 2, height / 2);
  $("map-whole").onclick = whole;
  addEventListener("resize", resize);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawMap());
  new IntersectionObserver((entries, watcher) => {
    if (entries.some((entry) => entry.isIntersecting)) { watcher.disconnect(); resize(); }
  }, { rootMargin: "400px" }).observe(box);
};

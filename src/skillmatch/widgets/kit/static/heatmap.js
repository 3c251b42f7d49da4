// Draws a grid of units or people against skills; what is in it and in which order is said by the kernel.

const HEAD_WIDTH = 240, ROW_HEIGHT = 26, HEAD_HEIGHT = 176, BAND_HEIGHT = 20, SPARE = 4;
const SIGNS = ["", "✕", "?", "◐", "✓", "▲", "·"];
const WORDS = ["not asked for", "missing", "unknown", "partial", "met", "exceeds", "not shown: fewer than five people"];
const OWN_KEYS = new Set(["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Home", "End", "PageUp", "PageDown", " "]);
const HIDDEN = 6, NOTHING = 65535, BYTES = 14;

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function debounced(action, wait) {
  let timer = null;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => action(...given), wait); };
}

class Cells {
  constructor(bytes, rows, columns) {
    this.bytes = bytes;
    this.columns = columns;
    this.places = new Int32Array(rows * columns).fill(-1);
    for (let at = 0; at + BYTES <= bytes.byteLength; at += BYTES) {
      this.places[bytes.getUint16(at, true) * columns + bytes.getUint16(at + 2, true)] = at;
    }
  }
  at(row, column) {
    const at = this.places[row * this.columns + column];
    if (at === undefined || at < 0) return { code: 0 };
    const number = (offset) => this.bytes.getUint16(at + offset, true);
    return { code: this.bytes.getUint8(at + 4), share: this.bytes.getUint8(at + 5), one: number(6), two: number(8),
      three: number(10), four: number(12) };
  }
}

const level = (value) => value === NOTHING ? "?" : String(Math.round(value / 10) / 10);

function said(cell, people) {
  if (cell.code === 0) return people ? "not asked of them" : "asked of nobody here";
  if (people) {
    const need = cell.three ? "essential" : "optional";
    const has = cell.one === NOTHING ? "level not known" : `level ${level(cell.one)}`;
    return `${WORDS[cell.code]}: ${has} of ${level(cell.two)} wanted, ${need}`;
  }
  const wanted = `${cell.one} wanted`, held = `${cell.four} in the unit hold it`;
  if (cell.code === HIDDEN) return `${wanted}, ${held}; the rest is not shown: it would tell about fewer than five people`;
  return `${WORDS[cell.code]}: ${cell.two} of ${wanted} are ready, nothing known of ${cell.three}, ` +
    `${cell.share} % covered; ${held}`;
}

function render({ model, el }) {
  const root = make("div", { class: "smh" });
  const alert = make("div", {});
  const far = make("span"), stop = make("button", { type: "button" }, "Stop"), going = make("p", { class: "going", hidden: "" }, far, " ", stop);
  const title = make("h3"), note = make("span", { class: "note" }), up = make("button", { type: "button" });
  const bar = make("div", { class: "bar", role: "toolbar", "aria-label": "What is shown" });
  const scroll = make("div", { class: "scroll" });
  const grid = make("div", { class: "grid", role: "grid" });
  const detail = make("div", { class: "detail" }), open = make("button", { type: "button", hidden: "" });
  const legend = make("ul", { class: "legend", "aria-label": "What the signs mean" });
  const behind = make("div", { class: "behind", tabindex: "0", role: "region", "aria-label": "The table behind the picture" });
  const told = make("div", { class: "hidden", role: "status" });
  scroll.append(grid);
  root.append(alert, going, make("div", { class: "title" }, up, title, note), bar, scroll,
    make("div", { class: "foot" }, detail, open), legend, behind, told);
  el.append(root);

  let frame, view, cells, size, cursor = { r: 0, c: -1 };
  const send = (what, more = {}) => model.send({ do: what, ...more });
  const set = (name, value) => send("set", { name, value });

  // --- the toolbar ------------------------------------------------------------------------------------------

  const search = make("input", { type: "search", placeholder: "Search skills", "aria-label": "Search skills" });
  search.addEventListener("input", debounced(() => set("search", search.value), 80));
  bar.append(search);
  const lists = {};
  function list(name, label) {
    const select = make("select", { "aria-label": label });
    select.addEventListener("change", () => set(name, name === "role" ? Number(select.value) : select.value));
    bar.append(make("label", {}, label, select));
    lists[name] = select;
  }
  list("kind", "Skills");
  list("sort_skills", "Order of skills");
  list("group", "Group by");
  list("sort_rows", "Order of rows");
  list("role", "Held against");
  function box(name, label) {
    const tick = make("input", { type: "checkbox" });
    tick.addEventListener("change", () => set(name, tick.checked));
    bar.append(make("label", {}, tick, label));
    return tick;
  }
  const numbers = box("numbers", "Numbers"), table = box("table", "Table");
  // What lists do with these keys is theirs: JupyterLab would take them for keys of its own.
  bar.addEventListener("keydown", (event) => { if (OWN_KEYS.has(event.key)) event.stopPropagation(); });
  up.addEventListener("click", () => send("up"));
  stop.addEventListener("click", () => send("stop"));
  open.addEventListener("click", () => open.dataset.row && send("open", { row: Number(open.dataset.row) }));

  function tools() {
    for (const [name, select] of Object.entries(lists)) {
      const options = view.options[name] || [];
      const known = JSON.stringify(options);
      if (select.dataset.known !== known) {
        select.dataset.known = known;
        select.replaceChildren(...options.map(([value, label]) => make("option", { value }, label)));
      }
      select.value = String(view.state[name]);
      select.parentElement.hidden = options.length < 2;
    }
    numbers.checked = view.state.numbers;
    table.checked = view.state.table;
    if (document.activeElement !== search) search.value = view.state.search;
  }

  // --- the grid ---------------------------------------------------------------------------------------------

  const people = () => frame.kind === "people";
  const width = () => {
    if (view.state.numbers) return 50;
    const room = (scroll.clientWidth || 900) - HEAD_WIDTH - 12;
    return Math.min(40, Math.max(27, Math.floor(room / Math.max(1, view.columns.length))));
  };
  const top = () => HEAD_HEIGHT + (view.bands.length ? BAND_HEIGHT : 0);

  function measure() {
    size = { rows: view.rows.length, columns: view.columns.length, width: width(), top: top() };
    grid.style.width = `${HEAD_WIDTH + size.columns * size.width + 8}px`;
    grid.style.height = `${size.top + size.rows * ROW_HEIGHT + 4}px`;
    scroll.style.scrollPadding = `${size.top}px 8px 8px ${HEAD_WIDTH}px`; // what is scrolled to must not lie under the heads
    grid.setAttribute("aria-rowcount", size.rows + 1);
    grid.setAttribute("aria-colcount", size.columns + 1);
    grid.setAttribute("aria-label", `${frame.title}. ${frame.note}`);
  }

  function seen() {
    const left = scroll.scrollLeft, wide = scroll.clientWidth || 900;
    const down = scroll.scrollTop, high = scroll.clientHeight || 520;
    const from = Math.max(0, Math.floor(left / size.width) - SPARE);
    const to = Math.min(size.columns, Math.ceil((left + wide - HEAD_WIDTH) / size.width) + SPARE);
    const first = Math.max(0, Math.floor(down / ROW_HEIGHT) - SPARE);
    const last = Math.min(size.rows, Math.ceil((down + high - size.top) / ROW_HEIGHT) + SPARE);
    return { from, to, first, last };
  }

  function heads(window) {
    const row = make("div", { class: "row heads", role: "row", "aria-rowindex": 1 });
    row.style.height = `${size.top}px`;
    const corner = make("div", { class: "rowhead", role: "columnheader", "aria-colindex": 1 },
      make("span", { class: "name" }, people() ? "Person" : "Unit"), make("span", { class: "share" }, "covered"));
    row.append(corner);
    for (const band of view.bands) {
      const strip = make("div", { class: "band", "aria-hidden": "true" }, make("span", {}, `${band.label} (${band.to - band.from})`));
      strip.style.left = `${HEAD_WIDTH + band.from * size.width}px`;
      strip.style.width = `${(band.to - band.from) * size.width}px`;
      row.append(strip);
    }
    for (let c = window.from; c < window.to; c += 1) row.append(columnHead(c));
    return row;
  }

  function columnHead(c) {
    const column = frame.columns[view.columns[c]];
    const sorted = view.state.sort_rows === "skill" && view.picked === view.columns[c];
    const kind = column.soft ? "soft skill" : column.type;
    const head = make("div", { class: sorted ? "colhead sorted" : "colhead", role: "columnheader", tabindex: -1,
      "aria-colindex": c + 2, "aria-label": `${column.label}, ${kind}`, title: `${column.label} (${kind}): order the rows by it`,
      "aria-sort": sorted ? "ascending" : false, "data-r": -1, "data-c": c }, make("span", {}, column.label));
    head.style.left = `${HEAD_WIDTH + c * size.width}px`;
    head.style.width = `${size.width}px`;
    head.style.height = `${HEAD_HEIGHT}px`;
    return head;
  }

  function line(r, window) {
    const number = view.rows[r], head = frame.rows[number];
    const row = make("div", { class: head.all ? "row all" : "row", role: "row", "aria-rowindex": r + 2 });
    row.style.top = `${size.top + r * ROW_HEIGHT}px`;
    row.style.height = `${ROW_HEIGHT}px`;
    const label = head.all ? head.label : people() ? `${head.label}, ${head.sub}` : `${head.label}, ${head.sub}: open its people`;
    row.append(make("div", { class: head.all ? "rowhead" : "rowhead opens", role: "rowheader", tabindex: -1, "aria-colindex": 1,
      "aria-label": `${label}, ${head.covered} covered`, title: people() ? `${head.label}: ${head.sub}` : `${head.label} (${head.sub})`,
      "data-r": r, "data-c": -1 },
    make("span", { class: "name" }, head.label), make("span", { class: "share" }, head.covered)));
    for (let c = window.from; c < window.to; c += 1) {
      // Most cells of a wide sheet are blank; of these only the one where the cursor stands is in the document.
      const cell = cells.at(number, view.columns[c]);
      if (cell.code || (r === cursor.r && c === cursor.c)) row.append(drawCell(r, c, number, view.columns[c], cell));
    }
    return row;
  }

  function drawCell(r, c, row, column, cell) {
    const classes = ["cell", cell.code ? `s${cell.code}` : "none"];
    if (cell.code === 3 && cell.share >= 50) classes.push(cell.share >= 70 ? "m2" : "m1");
    const picked = view.at && view.at[0] === row && view.at[1] === column;
    const made = make("div", { class: classes.join(" "), role: "gridcell", tabindex: -1, "aria-colindex": c + 2,
      "aria-selected": picked ? "true" : "false", "aria-label": `${frame.columns[column].label}: ${said(cell, people())}`,
      "data-r": r, "data-c": c }, face(cell));
    made.style.left = `${HEAD_WIDTH + c * size.width + 1}px`;
    made.style.width = `${size.width - 2}px`;
    made.style.height = `${ROW_HEIGHT - 2}px`;
    return made;
  }

  function face(cell) {
    if (!view.state.numbers || cell.code === 0 || cell.code === HIDDEN) return SIGNS[cell.code];
    return people() ? `${level(cell.one)}/${level(cell.two)}` : `${cell.two}/${cell.one}`;
  }

  function paint() {
    const window = seen(), focused = root.contains(document.activeElement) && grid.contains(document.activeElement);
    const lines = [heads(window)];
    for (let r = window.first; r < window.last; r += 1) lines.push(line(r, window));
    grid.replaceChildren(...lines);
    rove(focused);
  }

  const find = (r, c) => grid.querySelector(`[data-r="${r}"][data-c="${c}"]`);

  function rove(focus) {
    cursor.r = Math.min(Math.max(cursor.r, -1), size.rows - 1);
    cursor.c = Math.min(Math.max(cursor.c, -1), size.columns - 1);
    if (cursor.r === -1 && cursor.c === -1) cursor.c = size.columns ? 0 : -1;
    const target = find(cursor.r, cursor.c);
    for (const other of grid.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    if (target) target.tabIndex = 0;
    else { const first = grid.querySelector("[data-r]"); if (first) first.tabIndex = 0; }
    if (target && focus && document.activeElement !== target) target.focus({ preventScroll: true });
  }

  function reveal(r, c) {
    if (r >= 0) {
      const above = r * ROW_HEIGHT, below = above + ROW_HEIGHT, high = scroll.clientHeight - size.top;
      if (above < scroll.scrollTop) scroll.scrollTop = above;
      else if (below > scroll.scrollTop + high) scroll.scrollTop = below - high + 4;
    }
    if (c >= 0) {
      const left = c * size.width, right = left + size.width, wide = scroll.clientWidth - HEAD_WIDTH;
      if (left < scroll.scrollLeft) scroll.scrollLeft = left;
      else if (right > scroll.scrollLeft + wide) scroll.scrollLeft = right - wide + 8;
    }
  }

  function go(r, c) {
    cursor = { r: Math.min(Math.max(r, -1), size.rows - 1), c: Math.min(Math.max(c, -1), size.columns - 1) };
    reveal(cursor.r, cursor.c);
    paint();
    rove(true);
    describe(cursor.r, cursor.c);
  }

  function describe(r, c) {
    const head = r >= 0 ? frame.rows[view.rows[r]] : null;
    const column = c >= 0 ? frame.columns[view.columns[c]] : null;
    open.hidden = true;
    if (head && column) {
      detail.textContent = `${head.label}, ${column.label}: ${said(cells.at(view.rows[r], view.columns[c]), people())}.`;
    } else if (head) {
      detail.textContent = `${head.label}: ${head.sub}${head.sub ? ", " : ""}${head.covered} covered.`;
    } else if (column) detail.textContent = `${column.label}: ${column.soft ? "soft skill" : column.type}${column.field ? `, ${column.field}` : ""}.`;
    if (head && !head.all && !people()) {
      open.hidden = false;
      open.textContent = `Open the people of ${head.label}`;
      open.dataset.row = view.rows[r];
    }
  }

  function act(r, c, opening) {
    if (r < 0 && c >= 0) send("sort", { column: view.columns[c] });
    else if (r >= 0 && (opening || c < 0) && !people() && !frame.rows[view.rows[r]].all) {
      send("open", { row: view.rows[r], column: c >= 0 ? view.columns[c] : -1 });
    } else if (r >= 0) send("select", { row: view.rows[r], column: c >= 0 ? view.columns[c] : -1 });
  }

  const place = (event) => {
    const hit = event.target.closest("[data-r]");
    return hit && grid.contains(hit) ? [Number(hit.dataset.r), Number(hit.dataset.c)] : null;
  };
  grid.addEventListener("click", (event) => {
    const at = place(event);
    if (!at) return;
    go(...at);
    act(...at, false);
  });
  grid.addEventListener("dblclick", (event) => { const at = place(event); if (at && at[1] >= 0) act(...at, true); });
  grid.addEventListener("mouseover", (event) => { const at = place(event); if (at) describe(...at); });
  grid.addEventListener("mouseleave", () => describe(cursor.r, cursor.c));
  grid.addEventListener("focusin", (event) => {
    const at = place(event);
    if (at && (at[0] !== cursor.r || at[1] !== cursor.c)) { cursor = { r: at[0], c: at[1] }; rove(false); }
    if (at) describe(...at);
  });
  const PAGE = 10;
  grid.addEventListener("keydown", (event) => {
    const { r, c } = cursor;
    const moves = { ArrowDown: [r + 1, c], ArrowUp: [r - 1, c], ArrowRight: [r, c + 1], ArrowLeft: [r, c - 1],
      PageDown: [r + PAGE, c], PageUp: [Math.max(r - PAGE, 0), c], Home: [event.ctrlKey ? 0 : r, event.ctrlKey ? -1 : Math.min(0, c)],
      End: [event.ctrlKey ? size.rows - 1 : r, size.columns - 1] };
    if (event.altKey || event.metaKey) return;
    if (moves[event.key]) go(...moves[event.key]);
    else if (event.key === "Enter") act(r, c, true);
    else if (event.key === " ") act(r, c, false);
    else if ((event.key === "Escape" || event.key === "Backspace") && people()) send("up");
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  let waiting = false;
  scroll.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; paint(); });
  });

  // --- what the kernel says ---------------------------------------------------------------------------------

  function keys() {
    legend.replaceChildren(...[[1, ""], [2, ""], [3, ""], [4, ""], [5, ""], [6, "too few people to show"]].map(([code, word]) =>
      make("li", {}, make("span", { class: `cell s${code}`, "aria-hidden": "true" }, SIGNS[code]), word || view.meanings[code])));
    legend.children[2].append(" (darker: less of it covered)");
    if (people()) legend.lastElementChild.remove();
  }

  let drawnFrame = null;
  function update() {
    alert.innerHTML = model.get("_alert");
    behind.innerHTML = model.get("_table");
    behind.hidden = !model.get("_table");
    if (model.get("_frame").id === undefined) return;
    frame = model.get("_frame");
    view = model.get("_view");
    const fresh = drawnFrame !== frame.id;
    if (fresh) {
      cells = new Cells(model.get("_cells"), frame.rows.length, frame.columns.length);
      const inside = grid.contains(document.activeElement);
      drawnFrame = frame.id;
      scroll.scrollTop = scroll.scrollLeft = 0;
      cursor = { r: 0, c: -1 };
      told.textContent = `${frame.title}. ${frame.note}`;
      if (inside) setTimeout(() => find(cursor.r, cursor.c)?.focus(), 0);
    }
    title.textContent = frame.title;
    note.textContent = `${frame.note}${view.note ? ` ${view.note}` : ""}`;
    up.hidden = !view.inside; // also where the people of a unit could not be had
    up.textContent = "‹ All units";
    tools();
    measure();
    if (!size.rows || !size.columns) {
      grid.replaceChildren(make("p", { class: "empty" }, view.empty || "Nothing to show."));
      grid.removeAttribute("role");
      grid.style.width = grid.style.height = "auto";
    } else {
      grid.setAttribute("role", "grid");
      paint();
    }
    keys();
    if (fresh) describe(cursor.r, cursor.c);
  }

  function drawGoing() {
    const words = model.get("_going"), began = going.hidden && words, ended = !going.hidden && !words;
    far.textContent = words;
    going.hidden = !words;
    if (began) told.textContent = words;
    if (ended && view) tools(); // the list shows again what everybody is held against
  }

  // Several of these change at once, and any of them may change alone: new counts need not change the order.
  const PARTS = ["_frame", "_cells", "_view", "_alert", "_table"];
  let due = false;
  const soon = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => { due = false; update(); });
  };
  for (const part of PARTS) model.on(`change:${part}`, soon);
  const watcher = new ResizeObserver(() => { if (size && size.rows && size.columns) { measure(); paint(); } });
  watcher.observe(scroll);
  model.on("change:_going", drawGoing);
  drawGoing();
  update();
  send("shown");
  return () => {
    watcher.disconnect();
    model.off("change:_going", drawGoing);
    for (const part of PARTS) model.off(`change:${part}`, soon);
  };
}

export default { render };

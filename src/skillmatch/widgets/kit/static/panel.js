// Shows what the kernel wrote, escaped there, and tells it what was chosen, moved or pressed.

const REST = 80;
// What sliders and lists do with these is theirs: JupyterLab would take them for keys of its own.
const OWN_KEYS = new Set(["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Home", "End", "PageUp", "PageDown", " ", "Enter"]);

function debounced(action, wait) {
  let timer = null;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => action(...given), wait); };
}

function valueOf(control) {
  if (control.type === "checkbox") return control.checked;
  return control.type === "range" || control.tagName === "SELECT" ? Number(control.value) : control.value;
}

const keyed = (root) => [...root.querySelectorAll("[data-key]")];
const shape = (root) => keyed(root).map((one) => one.dataset.key).join("\n");

function render({ model, el }) {
  const root = document.createElement("div"), top = document.createElement("div"), body = document.createElement("div");
  const told = document.createElement("div");
  root.className = "skillmatch-panel";
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", model.get("_label"));
  told.className = "skillmatch-told";
  told.setAttribute("role", "status");
  root.append(top, body, told);
  el.append(root);

  const send = (what, more = {}) => model.send({ do: what, ...more });

  // --- what the kernel says ---------------------------------------------------------------------------------

  function drawTop() {
    const fresh = document.createElement("div");
    fresh.innerHTML = model.get("_top");
    if (top.children.length && shape(fresh) === shape(top)) keepTop(fresh);
    else redrawTop(fresh);
  }

  // Other controls than before: what had the focus keeps it, folds stay as they were, words typed stay.
  function redrawTop(fresh) {
    const key = top.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const open = new Map([...top.querySelectorAll("details[data-fold]")].map((one) => [one.dataset.fold, one.open]));
    const typed = new Map([...top.querySelectorAll("[data-keep]")].map((one) => [one.dataset.key, one.value]));
    top.replaceChildren(...fresh.childNodes);
    top.querySelectorAll('input[type="range"]').forEach(readOut);
    for (const one of top.querySelectorAll("details[data-fold]")) if (open.has(one.dataset.fold)) one.open = open.get(one.dataset.fold);
    for (const one of top.querySelectorAll("[data-keep]")) if (typed.has(one.dataset.key)) one.value = typed.get(one.dataset.key);
    if (!key) return;
    const again = keyed(top).find((one) => one.dataset.key === key) || keyed(top).find((one) => one.dataset.do === "add");
    if (again) again.focus({ preventScroll: true });
  }

  // A control that is being moved is left alone: replaced, it would drop what holds it.
  function keepTop(fresh) {
    const known = new Map(keyed(top).map((one) => [one.dataset.key, one]));
    for (const one of keyed(fresh)) {
      const old = known.get(one.dataset.key);
      if ((old === document.activeElement && old.matches("input")) || old.dataset.keep !== undefined) continue;
      if (old.innerHTML !== one.innerHTML) old.innerHTML = one.innerHTML;
      for (const name of ["min", "max", "disabled"]) if (old[name] !== one[name]) old[name] = one[name];
      if ("value" in one && old.tagName !== "BUTTON") old.value = one.value;
      for (const name of ["aria-pressed", "class"]) {
        if (one.hasAttribute(name)) old.setAttribute(name, one.getAttribute(name));
      }
      if ("checked" in one) old.checked = one.checked;
      if (old.type === "range") readOut(old);
    }
  }

  function drawBody() {
    const active = body.contains(document.activeElement) ? document.activeElement : null;
    const key = active ? active.dataset.key : null;
    const shut = new Map([...body.querySelectorAll("details[data-key]")].map((one) => [one.dataset.key, one.open]));
    const down = [...body.querySelectorAll("[data-scroll]")].map((one) => one.scrollTop);
    const turn = body.querySelector("[data-turn]")?.dataset.turn;
    const place = active ? [...body.querySelectorAll("[data-row]")].indexOf(active.closest("[data-row]")) : -1;
    const typed = new Map([...body.querySelectorAll("[data-keep]")].map((one) => [one.dataset.key, one.value]));
    body.innerHTML = model.get("_content");
    for (const one of body.querySelectorAll("[data-keep]")) if (typed.has(one.dataset.key)) one.value = typed.get(one.dataset.key);
    for (const one of body.querySelectorAll("details[data-key]")) if (shut.has(one.dataset.key)) one.open = shut.get(one.dataset.key);
    [...body.querySelectorAll("[data-scroll]")].forEach((one, at) => { one.scrollTop = down[at] || 0; });
    const rows = [...body.querySelectorAll("[data-row]")];
    if (!body.querySelector('[data-row][tabindex="0"]') && rows.length) rows[0].tabIndex = 0;
    if (!active) return;
    const first = body.querySelector("[data-first]");
    if (first && body.querySelector("[data-turn]")?.dataset.turn !== turn) { roveTo(first); return; }
    const again = keyed(body).find((one) => one.dataset.key === key) || rows[Math.min(Math.max(place, 0), rows.length - 1)];
    if (again) { if (again.matches("[data-row]")) roveTo(again); else again.focus({ preventScroll: true }); }
  }

  function readOut(range) {
    const output = range.parentElement.querySelector("output");
    const words = (range.dataset.words || "").split("|");
    const text = words.length > 1 ? words[Number(range.value)] : `${range.value}${range.dataset.unit ? ` ${range.dataset.unit}` : ""}`;
    if (output) output.textContent = text;
    range.setAttribute("aria-valuetext", text);
  }

  // --- what is done here ------------------------------------------------------------------------------------

  const moved = new Map();
  const tell = (control) => {
    const name = control.dataset.set;
    if (!moved.has(name)) moved.set(name, debounced((value) => send("set", { name, value }), REST));
    moved.get(name)(valueOf(control));
  };
  root.addEventListener("input", (event) => {
    const control = event.target.closest("[data-set]");
    if (!control) return;
    if (control.type === "range") readOut(control);
    if (control.dataset.wait === undefined) tell(control);
  });
  root.addEventListener("change", (event) => {
    const control = event.target.closest("[data-set][data-wait]");
    if (control) send("set", { name: control.dataset.set, value: valueOf(control) });
  });
  root.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-do]");
    if (!hit || hit.disabled) return;
    const row = hit.closest("[data-row]");
    if (row) roveTo(row, false);
    send(hit.dataset.do, { at: hit.dataset.at === undefined ? null : Number(hit.dataset.at), ...form(hit) });
  });

  // What stands in the fields of the same form goes along, so that it counts even where it was just typed.
  function form(hit) {
    const around = hit.closest("[data-form]") || root.querySelector("[data-form]");
    if (!around) return {};
    const fields = [...around.querySelectorAll("[data-field]")];
    return { form: Object.fromEntries(fields.map((one) => [one.dataset.field, valueOf(one)])) };
  }

  function roveTo(row, focus = true) {
    const list = row.closest("[data-list]") || body;
    for (const other of list.querySelectorAll('[data-row][tabindex="0"]')) other.tabIndex = -1;
    row.tabIndex = 0;
    if (focus) row.focus({ preventScroll: false });
  }

  root.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row === event.target) roveTo(row, false);
    if (row && row.dataset.focus !== undefined) send("focus", { at: Number(row.dataset.focus) });
  });
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (typing && event.key === "Enter" && event.target.dataset.enter) {
      const button = root.querySelector(`[data-key="${CSS.escape(event.target.dataset.enter)}"]`);
      if (button) button.click();
      event.preventDefault();
      return;
    }
    if (typing) {
      // A letter that chooses from a list must not be one of JupyterLab's commands, which cut cells.
      if (OWN_KEYS.has(event.key) || event.key.length === 1) event.stopPropagation();
      return;
    }
    const pressing = event.target.matches("button:not([data-row]), summary, input[type=checkbox]");
    if (pressing && (event.key === "Enter" || event.key === " ")) { event.stopPropagation(); return; }
    const row = event.target.closest("[data-row]");
    const keys = event.target.closest("[data-keys]");
    const list = row && row.closest("[data-list]");
    if (list && ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Home", "End"].includes(event.key)) {
      const rows = [...list.querySelectorAll("[data-row]")], at = rows.indexOf(row);
      const forward = event.key === "ArrowDown" || event.key === "ArrowRight";
      const next = event.key === "Home" ? 0 : event.key === "End" ? rows.length - 1 : at + (forward ? 1 : -1);
      if (rows[next]) roveTo(rows[next]);
    } else if (row && row === event.target && (event.key === "Enter" || event.key === " ") && row.dataset.do) {
      row.click();
      if (row.tagName === "BUTTON") { event.preventDefault(); return; }
    } else if (keys && JSON.parse(keys.dataset.keys)[event.key]) {
      const at = row && row.dataset.at !== undefined ? Number(row.dataset.at) : null;
      send(JSON.parse(keys.dataset.keys)[event.key], { at, ...form(row || keys) });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const drawTold = () => { told.textContent = model.get("_told"); };
  model.on("change:_top", drawTop);
  model.on("change:_content", drawBody);
  model.on("change:_told", drawTold);
  drawTop();
  drawBody();
  send("shown");
  return () => {
    model.off("change:_top", drawTop);
    model.off("change:_content", drawBody);
    model.off("change:_told", drawTold);
  };
}

export default { render };

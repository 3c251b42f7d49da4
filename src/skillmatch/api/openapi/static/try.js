"use strict";
// Tries an address with a key, which stays in this tab and is sent to this server only.

const KEY = "skillmatch-key";
const field = document.getElementById("key");

field.value = sessionStorage.getItem(KEY) || "";
field.addEventListener("input", () => sessionStorage.setItem(KEY, field.value.trim()));
field.form.addEventListener("submit", (event) => event.preventDefault());

for (const form of document.querySelectorAll("main form[action^='/docs/try/']")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const output = form.querySelector("output");
    output.hidden = false;
    output.textContent = "…";
    const headers = field.value.trim() ? { Authorization: `Bearer ${field.value.trim()}` } : {};
    try {
      const query = new URLSearchParams(new FormData(form));
      const response = await fetch(`${form.getAttribute("action")}?${query}`, { headers, cache: "no-store" });
      const address = new URL(response.url);
      const text = await response.text();
      const shown = response.headers.get("Content-Type")?.includes("json")
        ? JSON.stringify(JSON.parse(text), null, 2)
        : text;
      output.textContent = `${response.status} ${address.pathname}${address.search}\n\n${shown}`;
    } catch (error) {
      output.textContent = `Nothing came back: ${error.message}`;
    }
  });
}

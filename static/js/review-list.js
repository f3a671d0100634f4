// In the list of proposals J and K move from row to row; Enter opens, as on every link.
// The switch of review-keys.js on a proposal's page rules here too.
"use strict";

const TYPING = "input, textarea, select, [contenteditable]";

const enabled = () => {
  try {
    return localStorage.getItem("rfl-keys") !== "off";
  } catch {
    return true; // storage is blocked: shortcuts stay on
  }
};

document.addEventListener("keydown", (event) => {
  if (!enabled() || event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPING)) return;
  const step = { KeyJ: 1, KeyK: -1 }[event.code];
  if (!step) return;
  const links = [...document.querySelectorAll("[data-row-keys] [data-row-link]")];
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + step, 0), links.length - 1);
  if (!links.length) return;
  event.preventDefault();
  links[next].focus();
});

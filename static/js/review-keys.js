// Keyboard shortcuts: an element with data-key="s" is pressed by the key S, on any keyboard layout.
// Off while typing, and can be switched off for good on this computer (speech input types single letters).
"use strict";

const STORE = "rfl-keys";
const TYPING = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]";

const enabled = () => {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true; // storage is blocked: shortcuts stay on
  }
};

const show = () => {
  for (const element of document.querySelectorAll("[data-key]")) {
    element.querySelector(":scope > kbd")?.remove();
    element.removeAttribute("aria-keyshortcuts");
    if (!enabled()) continue;
    element.setAttribute("aria-keyshortcuts", element.dataset.key.toUpperCase());
    if (element.matches("button, a")) {
      const hint = document.createElement("kbd");
      hint.textContent = element.dataset.key.toUpperCase();
      hint.setAttribute("aria-hidden", "true");
      element.append(hint);
    }
  }
};

document.addEventListener("keydown", (event) => {
  if (!enabled() || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest(TYPING)) return;
  for (const element of document.querySelectorAll("[data-key]")) {
    const key = element.dataset.key.toLowerCase();
    const pressed = event.key.toLowerCase() === key || event.code === `Key${key.toUpperCase()}`;
    if (!pressed || element.disabled) continue;
    event.preventDefault();
    element.focus();
    if (!element.matches("textarea, input[type=text], input[type=search], select")) element.click();
    return;
  }
});

for (const label of document.querySelectorAll("[data-keys-switch]")) {
  const box = label.querySelector("input");
  label.hidden = false;
  box.checked = enabled();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(STORE, box.checked ? "on" : "off");
    } catch {
      box.checked = true;
    }
    show();
  });
}
show();

// Adds and removes rows of a form without leaving the place: the server renders, only the part that changed is taken.
// Without scripts the same buttons send the form and the whole page comes back with everything kept.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-rows]");
  const area = button && button.closest("[data-rows-area]");
  if (!area || button.form.dataset.rowsBusy) return;
  event.preventDefault();
  const form = button.form;
  form.dataset.rowsBusy = "1";
  const sent = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  sent.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, redirect: "error", credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(area.id);
    if (!fresh) throw new Error("no such part");
    const open = [...area.querySelectorAll("details")].map((part) => part.open);
    area.replaceWith(document.adoptNode(fresh));
    fresh.querySelectorAll("details").forEach((part, place) => {
      part.open = open[place];
    });
    const first = fresh.querySelector("[autofocus]") || fresh.querySelector(`[value="${CSS.escape(button.value)}"]`);
    if (first) first.focus();
    delete form.dataset.rowsBusy;
  } catch {
    // Offline or signed out: the ordinary way shows what is the matter.
    delete form.dataset.rowsBusy;
    button.removeAttribute("data-rows");
    button.click();
  }
});

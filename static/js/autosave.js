// Saves a form in the background while it is filled in: <form data-autosave="/address">.
// The answer may carry {"version": n}, which then replaces the value of the field named "version".
"use strict";

const PAUSE = 800; // milliseconds without typing before saving

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  const say = (what) => {
    if (status) status.textContent = status.dataset[what] || "";
  };
  let timer = 0;
  let saving = false;
  let dirty = false;

  // One request at a time: two at once would be two people to the version check.
  const save = async ({ keepalive = false } = {}) => {
    clearTimeout(timer);
    if (!dirty || saving) return;
    dirty = false;
    saving = true;
    let saved = false;
    say("saving");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        credentials: "same-origin",
        redirect: "error", // a redirect leads to the sign-in page: nothing was saved
        keepalive,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { version } = answer.status === 204 ? {} : await answer.json();
      const field = form.querySelector("input[name=version]");
      if (field && version !== undefined) field.value = version;
      saved = true;
    } catch {
      // Offline, signed out, or changed by somebody else: the words stay on the screen.
    }
    saving = false;
    say(saved ? "saved" : "failed");
    if (dirty) timer = setTimeout(save, PAUSE);
    else dirty = !saved; // the next change, or leaving the page, tries again
  };

  const soon = () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ keepalive: true });
  });
}

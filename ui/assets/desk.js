// Live updates. Every page works without this file.
// When the desk says that something changed, the page is asked for again and its <main> replaced, unless the reader has
// begun to fill in a form or is being told what is wrong with one: then a line offers the newest state and nothing is
// touched. Pages for entering things are left alone.
"use strict";

(() => {
  if (!window.EventSource) return;
  let busy = false;
  let again = false;

  const touched = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") {
      const before = [...field.options].filter((option) => option.defaultSelected);
      const chosen = before.length ? before : [...field.options].slice(0, 1);
      return [...field.selectedOptions].some((option) => !chosen.includes(option));
    }
    return field.type !== "hidden" && field.value !== field.defaultValue;
  };

  const filling = () => {
    const at = document.activeElement;
    if (document.querySelector("main [role=alert]")) return true;
    const typing = at && at.closest("main form") && at.matches("input, select, textarea");
    return typing || [...document.querySelectorAll("main form input, main form select, main form textarea")].some(touched);
  };

  const opened = () => [...document.querySelectorAll("main details")].map((details) => details.open);

  const refresh = async () => {
    if (document.querySelector("main form.entry")) return;
    if (busy) { again = true; return; }
    if (filling()) { document.getElementById("stale").hidden = false; return; }
    busy = true;
    try {
      const address = new URL(location.href);
      address.searchParams.delete("note");
      const answer = await fetch(address, { headers: { accept: "text/html" } });
      if (answer.redirected || !answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (filling()) { document.getElementById("stale").hidden = false; return; }
      const focus = document.activeElement && document.activeElement.id;
      const open = opened();
      // What was just done stays said until the reader goes on.
      const note = document.querySelector("main > .note");
      if (note) page.querySelector("main").prepend(page.importNode(note, true));
      for (const part of ["main", "nav", "footer"]) {
        const [mine, newer] = [document.querySelector(part), page.querySelector(part)];
        if (mine && newer && mine.innerHTML !== newer.innerHTML) mine.replaceWith(document.importNode(newer, true));
      }
      document.querySelectorAll("main details").forEach((details, at) => { details.open = open[at] || details.open; });
      if (focus && document.getElementById(focus)) document.getElementById(focus).focus({ preventScroll: true });
    } catch {
      // The desk is gone for the moment; the stream tries again by itself.
    } finally {
      busy = false;
      if (again) { again = false; refresh(); }
    }
  };

  const changes = new EventSource("/changes");
  changes.onmessage = refresh;
  // A stream that broke is tried again by the browser; until it is back, the page says that it cannot know what changed.
  changes.onerror = () => { document.getElementById("gone").hidden = false; };
  changes.onopen = () => { document.getElementById("gone").hidden = true; };
  addEventListener("pagehide", () => changes.close());
})();

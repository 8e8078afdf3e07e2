// The script of the console. Every page does the same without it, by forms and links.
"use strict";
(() => {
  const WAIT = 250; // milliseconds without a key before the search begins
  const PAGE = 25; // accounts after which nothing is searched by itself
  const STEPS = 40; // parts of a search that are asked for by themselves
  const results = () => document.getElementById("results");
  const live = document.getElementById("live");
  let current = null; // the search that goes on; a newer one ends it

  // Says to screen readers how many accounts are shown.
  function tell() {
    const found = results();
    if (!live || !found) return;
    const rows = found.querySelectorAll("tbody > tr, p.exact").length;
    live.textContent = `${found.dataset.found} ${rows}`;
  }

  async function load(address, signal) {
    const answer = await fetch(address, { signal, credentials: "same-origin" });
    // The session is over, or something is wrong: that is a page to see.
    if (answer.redirected || !answer.ok) {
      location.assign(address);
      throw new DOMException("left", "AbortError");
    }
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // Goes on with a search that came to no end, until a page is full.
  async function goOn(signal) {
    for (let step = 0; step < STEPS; step += 1) {
      const list = document.querySelector("#results [data-walk]");
      const rows = list && list.querySelector("tbody");
      const link = list && list.querySelector("a[data-on]");
      if (!rows || !link || rows.rows.length >= PAGE) return;
      const more = (await load(link.href, signal)).querySelector("#results [data-walk]");
      const reach = list.querySelector("[data-reach]");
      // Somebody may be about to press the link.
      if (signal.aborted || !more || !reach) return;
      const hadFocus = reach.contains(document.activeElement);
      rows.append(...more.querySelectorAll("tbody > tr"));
      list.querySelector("[data-rows]").hidden = rows.rows.length === 0;
      const next = more.querySelector("[data-reach]");
      reach.replaceWith(next);
      if (hadFocus) next.querySelector("a")?.focus();
    }
  }

  async function run(work) {
    current?.abort();
    current = new AbortController();
    const { signal } = current;
    try {
      await work(signal);
      tell();
    } catch (error) {
      // Without a network nothing changes; the button says why.
      if (error.name !== "AbortError") console.warn(error);
    }
  }

  const form = document.querySelector("form[data-live]");
  if (form && results()) {
    let timer;
    const search = () =>
      run(async (signal) => {
        const query = new URLSearchParams(new FormData(form));
        const address = `${form.action}?${query}`;
        const found = (await load(address, signal)).getElementById("results");
        if (!found) return location.assign(address);
        results().replaceWith(found);
        history.replaceState(null, "", address);
        tell();
        await goOn(signal);
      });
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(search, WAIT);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
    if (results().querySelector("a[data-on]")) run(goOn);
  }

  // Asks before a form with `data-confirm` is sent.
  const sure = new WeakSet();
  document.addEventListener("submit", (event) => {
    const asked = event.target;
    const button = event.submitter;
    if (!asked.dataset.confirm || !button || sure.delete(asked) || !window.HTMLDialogElement) return;
    event.preventDefault();
    const dialog = document.createElement("dialog");
    const question = document.createElement("p");
    question.id = "question";
    question.textContent = asked.dataset.confirm;
    dialog.setAttribute("aria-labelledby", question.id);
    const choice = (text, style, act) => {
      const chosen = document.createElement("button");
      chosen.type = "button";
      chosen.textContent = text;
      chosen.className = style;
      chosen.addEventListener("click", act);
      return chosen;
    };
    const cancel = choice(asked.dataset.cancel, "quiet", () => dialog.close());
    const yes = choice(button.textContent, button.className, () => {
      sure.add(asked);
      dialog.close();
      asked.requestSubmit(button);
    });
    cancel.autofocus = true;
    dialog.append(question, cancel, yes);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
})();

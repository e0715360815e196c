import { element, text } from "./dom";

/** Asks before a button with data-confirm does its work. Without a script the server's own page asks. */
export function confirmFirst(): void {
  let agreed: Element | null = null;
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-confirm]") : null;
      if (!button || button === agreed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(button.dataset.confirm ?? "", button.dataset.confirmVerb ?? button.textContent ?? "", () => {
        agreed = button;
        button.click();
        agreed = null;
      });
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const close = event.target instanceof Element ? event.target.closest("[data-close]") : null;
    close?.closest(".toast, dialog")?.remove();
  });
}

function ask(question: string, verb: string, go: () => void): void {
  const dialog = element("dialog");
  const heading = element("h2", "", question);
  heading.id = "confirm-question";
  dialog.setAttribute("aria-labelledby", heading.id);
  const buttons = element("div", "buttons");
  const no = element("button", "button button-plain", text("cancel"));
  const yes = element("button", "button button-danger", verb.trim());
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    go();
  });
  dialog.addEventListener("close", () => dialog.remove());
  buttons.append(no, yes);
  dialog.append(heading, buttons);
  document.body.append(dialog);
  if (typeof dialog.showModal === "function") dialog.showModal();
  else dialog.setAttribute("open", "");
}

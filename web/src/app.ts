// Everything the pages do beyond HTML. Each island works on attributes, so that pages stay readable without it.
import "htmx.org/dist/htmx.min.js"; // its own minified form is 1.5 kB smaller than what we make of its module
import { appearance } from "./appearance";
import { confirmFirst } from "./confirm";
import { draft } from "./draft";
import { menus } from "./menus";
import { listing } from "./listing";
import { copy, install, register, unsent } from "./offline";
import { upload } from "./upload";

document.documentElement.classList.add("js");
install();
unsent();

const islands = [appearance, draft, listing, menus, upload];

/** Starts the islands inside a piece of page: the whole page at first, later each piece that htmx brings. */
function start(root: ParentNode): void {
  for (const island of islands) island(root);
}

function ready(): void {
  start(document);
  copy();
  confirmFirst();
  register();
  document.addEventListener("htmx:load", (event) => {
    const piece = event.target;
    if (piece instanceof HTMLElement && piece !== document.body) start(piece);
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();

// Everything the pages do beyond HTML. Each island works on attributes, so that pages stay readable without it.
import "htmx.org";
import { appearance } from "./appearance";
import { confirmFirst } from "./confirm";
import { draft } from "./draft";
import { menus } from "./menus";
import { palette } from "./palette";
import { listing } from "./listing";
import { upload } from "./upload";

document.documentElement.classList.add("js");

const islands = [appearance, draft, listing, menus, upload];

/** Starts the islands inside a piece of page: the whole page at first, later each piece that htmx brings. */
function start(root: ParentNode): void {
  for (const island of islands) island(root);
}

function ready(): void {
  start(document);
  confirmFirst();
  palette();
  document.addEventListener("htmx:load", (event) => {
    const piece = event.target;
    if (piece instanceof HTMLElement && piece !== document.body) start(piece);
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();

// What the pages of directives do beside app.ts: record a voice note, copy and share a text.
import { share } from "./share";
import { voice } from "./voice";

function ready(): void {
  voice(document);
  share(document);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();

// What only the work side needs beside app.ts.
import { keys } from "./keys";
import { palette } from "./palette";

function ready(): void {
  palette();
  keys();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();

// What only the work side needs beside app.ts.
import { palette } from "./palette";

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", palette);
else palette();

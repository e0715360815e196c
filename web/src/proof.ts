// The sum of platform::proof, done while a person types: a form with data-proof="about" gets its answer in the field loi-giai.
import { sha256 } from "@noble/hashes/sha2.js";
import { all } from "./dom";

/** Milliseconds at a time, so that typing stays smooth on an old phone. */
const SLICE = 12;

function zeros(digest: Uint8Array): number {
  let count = 0;
  for (const byte of digest) {
    count += byte === 0 ? 8 : Math.clz32(byte) - 24;
    if (byte !== 0) break;
  }
  return count;
}

function work(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>("input[name=khoa]");
  const answer = form.querySelector<HTMLInputElement>("input[name=loi-giai]");
  if (!key || !answer) return;
  const bits = Number(form.dataset.proofBits);
  const letters = new TextEncoder();
  let of = "";
  let next = 0;
  const go = (): void => {
    if (of !== key.value) {
      of = key.value; // a kept copy of the page has got a key of its own
      next = 0;
      answer.value = "";
    }
    const until = performance.now() + SLICE;
    for (; performance.now() < until; next += 1) {
      if (zeros(sha256(letters.encode(`${form.dataset.proof}:${of}:${next}`))) < bits) continue;
      answer.value = String(next);
      return;
    }
    setTimeout(go, SLICE);
  };
  go();
}

export function proof(root: ParentNode): void {
  for (const form of all<HTMLFormElement>(root, "form[data-proof]")) {
    form.addEventListener("input", () => work(form), { once: true });
  }
}

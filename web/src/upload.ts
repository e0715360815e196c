import { all, element, text } from "./dom";

/** Says which files were chosen and how large they are, before they go over a weak signal. */
export function upload(root: ParentNode): void {
  for (const place of all(root, "[data-upload]")) {
    const list = place.querySelector("ul");
    const inputs = all<HTMLInputElement>(place, "input[type=file]");
    const limit = Number(place.dataset.upload) * 1024 * 1024;
    for (const input of inputs) {
      input.addEventListener("change", () => {
        const files = inputs.flatMap((one) => Array.from(one.files ?? []));
        list?.replaceChildren(
          ...files.map((file) => {
            const size = (file.size / 1024 / 1024).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
            const item = element("li", "", `${file.name} (${size} MB)`);
            if (limit && file.size > limit) {
              item.className = "field-error";
              item.append(element("span", "", text("too-large").replace("#", place.dataset.upload ?? "")));
            }
            return item;
          }),
        );
      });
    }
  }
}

import { all, element, text } from "./dom";

/** The longer side of a picture that goes out, in pixels: a page of A4 stays readable. */
const SIDE = 2000;
/** Smaller pictures go as they are. */
const SMALL = 400 * 1024;

/** Makes photographs small on the phone, and says which files were chosen and how large they are. */
export function upload(root: ParentNode): void {
  for (const place of all(root, "[data-upload]")) {
    const list = place.querySelector("ul");
    const inputs = all<HTMLInputElement>(place, "input[type=file]");
    const limit = Number(place.dataset.upload) * 1024 * 1024;
    for (const input of inputs) {
      input.addEventListener("change", async () => {
        await shrink(input);
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

/** Puts small copies in the place of large photographs; what cannot be read stays, the server judges it. */
async function shrink(input: HTMLInputElement): Promise<void> {
  const files = Array.from(input.files ?? []);
  if (!files.some((file) => file.type.startsWith("image/") && file.size > SMALL)) return;
  const small = new DataTransfer();
  for (const file of files) small.items.add(await smaller(file));
  input.files = small.files;
}

async function smaller(file: File): Promise<File> {
  if (!file.type.startsWith("image/") || file.size <= SMALL) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file;
  }
}

// Makes photographs small on the phone, before they go over a weak signal. Loaded by pages that ask for papers.

/** The longer side of a picture that goes out, in pixels: a page of A4 stays readable. */
const SIDE = 2000;
/** Smaller files go as they are. */
const SMALL = 400 * 1024;

/** True while we tell of what we put there ourselves: it needs no second look. */
let ours = false;

document.addEventListener(
  "change",
  async (event) => {
    const input = event.target;
    if (ours || !(input instanceof HTMLInputElement) || input.type !== "file") return;
    const files = Array.from(input.files ?? []);
    if (!files.some((file) => file.size > SMALL)) return;
    const small = new DataTransfer();
    for (const file of files) small.items.add(file.size > SMALL ? await smaller(file).catch(() => file) : file);
    input.files = small.files;
    ours = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    ours = false;
  },
  true,
);

/** A copy of a picture; an error for what is none, and in an old browser. */
async function smaller(file: File): Promise<File> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file;
}

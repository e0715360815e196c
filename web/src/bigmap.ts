// The button under a drawn map: it brings the large one, which is fetched only then.
import { all, element } from "./dom";

type Show = (svg: SVGSVGElement, place: HTMLElement, words: DOMStringMap) => () => void;

let fetched: Promise<Show> | undefined;

function fetchMap({ script = "", sheet = "" }: DOMStringMap): Promise<Show> {
  fetched ??= new Promise<Show>((done, fail) => {
    const styles = element("link");
    styles.rel = "stylesheet";
    styles.href = sheet;
    const code = element("script");
    code.src = script;
    code.onload = () => done((window as unknown as { showMap: Show }).showMap);
    code.onerror = () => fail(new Error(script));
    document.head.append(styles, code);
  }).catch((cut) => {
    fetched = undefined; // the network may be back at the next press
    throw cut;
  });
  return fetched;
}

async function open(button: HTMLButtonElement, svg: SVGSVGElement): Promise<void> {
  const dialog = element("dialog", "map-dialog");
  dialog.setAttribute("aria-label", svg.getAttribute("aria-label") ?? "");
  const place = element("div", "map-place");
  const close = element("button", "button button-plain button-small", button.dataset.textClose);
  close.type = "button";
  const foot = element("div", "map-foot");
  if (svg.classList.contains("place-tapped")) foot.append(element("p", "small", button.dataset.textTap));
  foot.append(close);
  dialog.append(place, foot);
  try {
    const show = await fetchMap(button.dataset);
    document.body.append(dialog);
    dialog.showModal();
    const remove = show(svg, place, button.dataset);
    dialog.addEventListener("close", () => {
      remove();
      dialog.remove();
      button.focus();
    });
    close.addEventListener("click", () => dialog.close());
  } catch {
    dialog.remove();
    const said = element("p", "small", button.dataset.textFailed);
    said.setAttribute("role", "status");
    button.replaceWith(said);
  }
}

function start(root: ParentNode): void {
  for (const button of all<HTMLButtonElement>(root, "button[data-map-open][hidden]")) {
    const svg = button.parentElement?.previousElementSibling;
    if (!(svg instanceof SVGSVGElement)) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      await open(button, svg);
      button.disabled = false;
    });
  }
}

start(document);
// A form that was kept on the phone is put into its page later.
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof HTMLElement && event.target !== document.body) start(event.target);
});

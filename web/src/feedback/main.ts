// What the form of a report does beside app.ts: the phone's place, a touch on the map, and what is reported nearby.
import { all } from "../dom";
import { proof } from "../proof";

/** A phone that has not found its place by then says so. */
const PATIENCE = 20_000;

function number(place: SVGSVGElement, name: string): number {
  return Number(place.dataset[name]);
}

function form(root: HTMLFormElement): void {
  const part = <T extends Element>(name: string): T | null => root.querySelector<T>(`[data-${name}]`);
  const lat = part<HTMLInputElement>("lat");
  const lon = part<HTMLInputElement>("lon");
  const place = part<HTMLElement>("locate");
  const says = part<HTMLElement>("locate-says");
  const drop = part<HTMLButtonElement>("locate-drop");
  const map = part<SVGSVGElement>("place-map");
  const pin = part<SVGCircleElement>("place-pin");
  const near = part<HTMLElement>("near");
  const kind = root.querySelector<HTMLSelectElement>("select[name=loai]");
  if (!lat || !lon || !place || !says || !drop) return;

  const say = (name: string, metres = 0): void => {
    says.textContent = (place.getAttribute(`data-text-${name}`) ?? "").replace("#", String(metres));
  };
  const draw = (): void => {
    drop.hidden = !lat.value;
    if (!map || !pin) return;
    const there = lat.value !== "";
    pin.setAttribute("cx", there ? String((Number(lon.value) - number(map, "west")) * number(map, "across")) : "-20");
    pin.setAttribute("cy", there ? String((number(map, "north") - Number(lat.value)) * number(map, "down")) : "-20");
  };
  const set = (north: number, east: number): void => {
    lat.value = north.toFixed(6);
    lon.value = east.toFixed(6);
    draw();
    void around();
  };
  const around = async (): Promise<void> => {
    if (!near || !lat.value || !navigator.onLine) return;
    const query = new URLSearchParams({ "vi-do": lat.value, "kinh-do": lon.value, loai: kind?.value ?? "" });
    const answer = await fetch(`/phan-anh/gan-day?${query}`).catch(() => undefined);
    if (answer?.ok) near.innerHTML = await answer.text();
  };

  part<HTMLButtonElement>("locate-start")?.addEventListener("click", () => {
    if (!("geolocation" in navigator)) return say("refused");
    say("going");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        set(coords.latitude, coords.longitude);
        say("found", Math.round(coords.accuracy));
      },
      () => say("refused"),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 },
    );
  });
  drop.addEventListener("click", () => {
    lat.value = lon.value = says.textContent = "";
    if (near) near.textContent = "";
    draw();
  });
  map?.addEventListener("click", (event) => {
    const matrix = map.getScreenCTM();
    if (!matrix) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    set(number(map, "north") - at.y / number(map, "down"), number(map, "west") + at.x / number(map, "across"));
    say("map");
  });
  map?.addEventListener("place", (event) => {
    const { lat: north, lon: east } = (event as CustomEvent<{ lat: number; lon: number }>).detail;
    set(north, east);
    say("map");
  });
  kind?.addEventListener("change", () => {
    const lawful = (kind.dataset.lawful ?? "").split(" ").includes(kind.value);
    const about = part<HTMLDetailsElement>("lawful-about");
    if (about && lawful) about.open = true;
    void around();
  });
  draw();
}

/** An answer begun by a sentence that was prepared; what stands there already is not lost. */
function beginning(choice: HTMLSelectElement): void {
  const words = document.getElementById(choice.dataset.beginning ?? "");
  if (!(words instanceof HTMLTextAreaElement)) return;
  choice.addEventListener("change", () => {
    if (!choice.value) return;
    words.value = words.value ? `${words.value}\n${choice.value}` : choice.value;
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus();
  });
}

function start(root: ParentNode): void {
  all<HTMLFormElement>(root, "form[data-report]").forEach(form);
  proof(root);
  all<HTMLSelectElement>(root, "select[data-beginning]").forEach(beginning);
}

function ready(): void {
  start(document);
  // A form that was kept on the phone is put into its page later.
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof HTMLElement && event.target !== document.body) start(event.target);
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();

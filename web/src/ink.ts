// Drawing on the page of a paper with a pen, a finger or the mouse. The server drew what is kept; here lines are added, taken back
// and sent whole. A line that could not be sent goes with the next try.

type Stroke = { pen: number; at: number[] };

/** Coordinates go from 0 to this in both directions, whatever the size of the page. */
const EDGE = 10_000;
/** Points nearer than this to the last one say nothing new. */
const STEP = 25;
/** A line nearer than this to the eraser goes. */
const REACH = 180;
const RETRY_MS = 5_000;
const POINTS_MAX = 1_400;

class Sheet {
  private strokes: Stroke[];
  private revision: number;
  private pen: number | "eraser" = 0;
  private drawing = false;
  private line: Stroke | null = null;
  private shape: SVGPathElement | null = null;
  private sending = false;
  private changed = false;
  private timer = 0;
  private readonly svg: SVGSVGElement;
  private readonly says: HTMLElement;

  constructor(private readonly root: HTMLElement) {
    this.strokes = JSON.parse(root.dataset.strokes ?? "[]") as Stroke[];
    this.revision = Number(root.dataset.revision ?? "0");
    this.svg = root.querySelector("svg:not(.icon)") as SVGSVGElement;
    this.says = root.querySelector("[data-ink-says]") as HTMLElement;
    this.tools();
    const page = root.querySelector(".ink-page") as HTMLElement;
    page.addEventListener("pointerdown", (event) => this.down(event, page));
    page.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) page.addEventListener(end, () => this.up());
    page.addEventListener("dragstart", (event) => event.preventDefault());
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      if (this.changed || this.sending) event.preventDefault();
    });
  }

  private tools(): void {
    const draw = this.root.querySelector("[data-ink-draw]") as HTMLElement;
    const pens = this.root.querySelector("[data-ink-pens]") as HTMLElement;
    draw.addEventListener("click", () => {
      this.drawing = !this.drawing;
      draw.setAttribute("aria-pressed", String(this.drawing));
      pens.hidden = !this.drawing;
      this.root.classList.toggle("ink-on", this.drawing);
    });
    const all = Array.from(this.root.querySelectorAll<HTMLElement>("[data-ink-pen]"));
    for (const button of all) {
      button.addEventListener("click", () => {
        this.pen = button.dataset.inkPen === "eraser" ? "eraser" : Number(button.dataset.inkPen);
        for (const other of all) other.setAttribute("aria-pressed", String(other === button));
      });
    }
    this.root.querySelector("[data-ink-undo]")?.addEventListener("click", () => {
      if (this.strokes.pop()) this.redraw();
    });
    this.root.querySelector("[data-ink-clear]")?.addEventListener("click", () => {
      this.strokes = [];
      this.redraw();
    });
  }

  private place(event: PointerEvent): [number, number] {
    const box = this.svg.getBoundingClientRect();
    const within = (at: number, from: number, size: number) =>
      Math.min(EDGE, Math.max(0, Math.round(((at - from) / size) * EDGE)));
    return [within(event.clientX, box.left, box.width), within(event.clientY, box.top, box.height)];
  }

  private down(event: PointerEvent, page: HTMLElement): void {
    if (!this.drawing || event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    page.setPointerCapture(event.pointerId);
    const [x, y] = this.place(event);
    if (this.pen === "eraser") {
      this.line = { pen: -1, at: [] };
      this.erase(x, y);
      return;
    }
    this.line = { pen: this.pen, at: [x, y] };
    this.shape = this.path(this.line);
  }

  private move(event: PointerEvent): void {
    if (!this.line) return;
    const [x, y] = this.place(event);
    if (this.line.pen < 0) {
      this.erase(x, y);
      return;
    }
    const at = this.line.at;
    if (Math.hypot(x - (at[at.length - 2] as number), y - (at[at.length - 1] as number)) < STEP) return;
    if (at.length >= 2 * POINTS_MAX) {
      // A very long line goes on as the next one.
      this.up();
      this.line = { pen: this.pen as number, at: [x, y] };
      this.shape = this.path(this.line);
      return;
    }
    at.push(x, y);
    this.shape?.setAttribute("d", way(at));
  }

  private up(): void {
    const line = this.line;
    this.line = this.shape = null;
    if (!line) return;
    if (line.pen >= 0) this.strokes.push(line);
    this.save();
  }

  private erase(x: number, y: number): void {
    const far = (one: Stroke) => {
      for (let i = 0; i < one.at.length; i += 2) {
        if (Math.hypot(x - (one.at[i] as number), y - (one.at[i + 1] as number)) < REACH) return false;
      }
      return true;
    };
    const left = this.strokes.filter(far);
    if (left.length === this.strokes.length) return;
    this.strokes = left;
    this.shapes();
    this.changed = true;
  }

  private path(stroke: Stroke): SVGPathElement {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    shape.setAttribute("class", `ink-${stroke.pen}`);
    shape.setAttribute("d", way(stroke.at));
    this.svg.append(shape);
    return shape;
  }

  private shapes(): void {
    this.svg.replaceChildren();
    for (const one of this.strokes) this.path(one);
  }

  private redraw(): void {
    this.shapes();
    this.save();
  }

  private say(what: "saved" | "saving" | "waiting"): void {
    this.says.textContent = this.says.dataset[what] ?? "";
  }

  /** One at a time; what changed in the meantime goes after it. */
  private async save(): Promise<void> {
    this.changed = true;
    if (this.sending) return;
    this.sending = true;
    window.clearTimeout(this.timer);
    while (this.changed) {
      this.changed = false;
      this.say("saving");
      const told = await this.send();
      if (told === "") {
        this.say("saved");
      } else {
        this.changed = told === null;
        if (told === null) {
          this.say("waiting");
          this.timer = window.setTimeout(() => this.save(), RETRY_MS);
        } else {
          this.says.textContent = told;
        }
        break;
      }
    }
    this.sending = false;
  }

  /** Empty when it was kept, a sentence of the server, or null when it was not reached. */
  private async send(): Promise<string | null> {
    const body = new URLSearchParams({ net: JSON.stringify(this.strokes), "phien-ban": String(this.revision) });
    try {
      const answer = await fetch(this.root.dataset.ink ?? "", { method: "POST", body, headers: { accept: "application/json" } });
      const told = (await answer.json()) as { revision?: number; title?: string; detail?: string };
      if (answer.ok) {
        this.revision = told.revision ?? this.revision;
        return "";
      }
      return answer.status >= 500 ? null : (told.detail ?? told.title ?? "");
    } catch {
      return null;
    }
  }
}

function way(at: number[]): string {
  let out = `M${at[0]} ${at[1]}`;
  for (let i = 2; i < at.length; i += 2) out += `L${at[i]} ${at[i + 1]}`;
  return at.length === 2 ? `${out}h1` : out;
}

for (const root of document.querySelectorAll<HTMLElement>("[data-ink]")) new Sheet(root);

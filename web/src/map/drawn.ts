// What a drawn map shows, read back from its SVG: the drawing stays the one source, for readers without a script and for this.

export type Place = [east: number, north: number];
export type Area = { rings: Place[][]; fill: string; opacity: number };
export type Name = { at: Place; words: string };
export type Pin = { at: Place; words: string; url: string; look: string; sign: string };
export type Drawn = { villages: Area[]; squares: Area[]; names: Name[]; pins: Pin[]; here?: Place; tapped: boolean };

type Ruler = (x: number, y: number) => Place;

/** The units of the drawing in degrees, as `units::drawing` wrote them. */
function ruler(svg: SVGSVGElement): Ruler {
  const number = (name: string) => Number(svg.dataset[name]);
  const [west, north, across, down] = [number("west"), number("north"), number("across"), number("down")];
  return (x, y) => [west + x / across, north - y / down];
}

function rings(path: string, at: Ruler): Place[][] {
  const parts = path.split("M").filter(Boolean);
  return parts.map((part) => {
    const ring = part.replace("z", "").split("L").map((point) => {
      const [x = 0, y = 0] = point.trim().split(/\s+/).map(Number);
      return at(x, y);
    });
    return [...ring, ring[0] as Place];
  });
}

function square(rect: SVGRectElement, at: Ruler): Place[][] {
  const { x, y, width, height } = rect.getBBox();
  return [[at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height), at(x, y)]];
}

export function read(svg: SVGSVGElement): Drawn {
  const at = ruler(svg);
  const every = <E extends SVGElement>(selector: string) => Array.from(svg.querySelectorAll<E>(selector));
  const middle = (circle: SVGElement) => at(Number(circle.getAttribute("cx")), Number(circle.getAttribute("cy")));
  const area = (shape: SVGElement, rings: Place[][]): Area => {
    const { fill, fillOpacity } = getComputedStyle(shape);
    return { rings, fill, opacity: Number(fillOpacity) };
  };
  const pins = every<SVGAElement>("a").flatMap((link): Pin[] => {
    const circle = link.querySelector<SVGElement>(".place-pin");
    if (!circle) return [];
    return [{ at: middle(circle), words: link.getAttribute("aria-label") ?? "", url: link.getAttribute("href") ?? "", look: getComputedStyle(circle).fill, sign: link.querySelector(".place-sign use")?.getAttribute("href") ?? "" }];
  });
  const here = svg.querySelector<SVGElement>("[data-place-pin]");
  return {
    villages: every<SVGPathElement>(".place-village").map((path) => area(path, rings(path.getAttribute("d") ?? "", at))),
    squares: every<SVGRectElement>(".place-heat").map((rect) => area(rect, square(rect, at))),
    names: every<SVGTextElement>(".place-name").map((text) => ({ at: at(Number(text.getAttribute("x")), Number(text.getAttribute("y"))), words: text.textContent ?? "" })),
    pins,
    here: here && Number(here.getAttribute("cx")) > 0 ? middle(here) : undefined,
    tapped: svg.classList.contains("place-tapped"),
  };
}

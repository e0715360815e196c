// The large map: MapLibre over the commune's own ground, nothing loaded from elsewhere. It comes only when somebody asks for it.
import { AttributionControl, GeolocateControl, type GeoJSONSourceSpecification, LngLatBounds, Map, Marker, NavigationControl, Popup, ScaleControl, type StyleSpecification, setWorkerUrl } from "maplibre-gl";
import { type Area, type Drawn, type Place, read } from "./drawn";

const DEEPEST = 19;

function areas(all: Area[]): GeoJSONSourceSpecification {
  const features = all.map(({ rings, fill, opacity }) => ({
    type: "Feature" as const, properties: { fill, opacity }, geometry: { type: "MultiPolygon" as const, coordinates: rings.map((ring) => [ring]) },
  }));
  return { type: "geojson", data: { type: "FeatureCollection", features } };
}

function style(drawn: Drawn, ground: string, line: string): StyleSpecification {
  const fill = { "fill-color": ["get", "fill"] as ["get", string], "fill-opacity": ["get", "opacity"] as ["get", string] };
  return {
    version: 8,
    sources: { villages: areas(drawn.villages), squares: areas(drawn.squares) },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": ground } },
      { id: "villages", type: "fill", source: "villages", paint: fill },
      { id: "borders", type: "line", source: "villages", paint: { "line-color": line, "line-width": 1.5 } },
      { id: "squares", type: "fill", source: "squares", paint: fill },
    ],
  };
}

function bounds(drawn: Drawn): LngLatBounds {
  const whole = new LngLatBounds();
  for (const { rings } of drawn.villages) for (const ring of rings) for (const point of ring) whole.extend(point);
  return whole;
}

/** A pin is a button that tells its name, and the way to its page. */
function pin(map: Map, { at, words, url, look, sign }: Drawn["pins"][number]): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "map-pin";
  button.setAttribute("aria-label", words);
  button.style.background = look;
  if (sign) {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    drawing.setAttribute("class", "icon");
    drawing.appendChild(document.createElementNS(space, "use")).setAttribute("href", sign);
    button.append(drawing);
  }
  const link = document.createElement("a");
  link.href = url;
  link.textContent = words;
  const told = new Popup({ offset: 14, focusAfterOpen: true }).setDOMContent(link);
  new Marker({ element: button }).setLngLat(at).setPopup(told).addTo(map);
}

function name(map: Map, { at, words }: Drawn["names"][number]): void {
  const label = document.createElement("span");
  label.className = "map-name";
  label.textContent = words;
  label.setAttribute("aria-hidden", "true");
  new Marker({ element: label }).setLngLat(at).addTo(map);
}

/** A touch sets the place of the form; the small drawing is told, and does the rest. */
function taps(map: Map, svg: SVGSVGElement, here: Place | undefined): void {
  const mark = document.createElement("span");
  mark.className = "map-pin map-here";
  const marker = new Marker({ element: mark });
  if (here) marker.setLngLat(here).addTo(map);
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", ({ lngLat }) => {
    marker.setLngLat(lngLat).addTo(map);
    svg.dispatchEvent(new CustomEvent("place", { detail: { lat: lngLat.lat, lon: lngLat.lng } }));
  });
}

function show(svg: SVGSVGElement, place: HTMLElement, words: DOMStringMap): () => void {
  setWorkerUrl(words.worker ?? "");
  const drawn = read(svg);
  const village = svg.querySelector(".place-village");
  const colour = (name: string, element: Element = document.body) => getComputedStyle(element).getPropertyValue(name);
  const map = new Map({
    container: place,
    style: style(drawn, colour("background-color"), village ? colour("stroke", village) : "gray"),
    bounds: bounds(drawn), fitBoundsOptions: { padding: 24 }, maxZoom: DEEPEST, attributionControl: false,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, reduceMotion: matchMedia("(prefers-reduced-motion: reduce)").matches,
    locale: {
      "NavigationControl.ZoomIn": words.textIn ?? "", "NavigationControl.ZoomOut": words.textOut ?? "", "Map.Title": svg.getAttribute("aria-label") ?? "",
      "GeolocateControl.FindMyLocation": words.textMe ?? "", "GeolocateControl.LocationNotAvailable": words.textLost ?? "",
      "Popup.Close": words.textShut ?? "", "Marker.Title": "",
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new GeolocateControl({ positionOptions: { enableHighAccuracy: true } }));
  map.addControl(new ScaleControl({ unit: "metric" }));
  map.addControl(new AttributionControl({ compact: true, customAttribution: "MapLibre" }));
  for (const one of drawn.pins) pin(map, one);
  for (const one of drawn.names) name(map, one); // over the pins, with a light edge: a name half hidden is no name
  if (drawn.tapped) taps(map, svg, drawn.here);
  map.on("load", () => (place.dataset.ready = ""));
  return () => map.remove();
}

(window as unknown as { showMap: typeof show }).showMap = show;

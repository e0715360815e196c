// Speaking live: what the microphone hears goes to the station every half second, in its order.

const RATE = 24_000;
/** Pieces of a tenth of a second that go together. */
const TOGETHER = 5;
/** More than this many seconds behind, the oldest are let go: nobody wants to hear them late. */
const BEHIND = 3;

const place = document.querySelector<HTMLElement>("[data-live]");
if (place) speaking(place);

function speaking(place: HTMLElement): void {
  const start = place.querySelector<HTMLButtonElement>("[data-live-start]");
  const stop = place.querySelector<HTMLFormElement>("[data-live-stop]");
  const level = place.querySelector<HTMLMeterElement>("[data-live-level]");
  const says = place.querySelector<HTMLElement>("[data-live-says]");
  if (!start || !stop || !level || !says) return;
  const say = (name: string): void => {
    says.textContent = place.getAttribute(`data-text-${name}`);
  };
  start.addEventListener("click", async () => {
    start.disabled = true;
    const pieces = await microphone(place.dataset.worklet ?? "").catch(() => undefined);
    if (!pieces) {
      start.disabled = false;
      say("refused");
      return;
    }
    start.hidden = true;
    stop.hidden = false;
    stop.querySelector("button")?.focus();
    const line = sender(place.dataset.live ?? "", say);
    pieces.onmessage = ({ data }: MessageEvent<Int16Array>) => {
      level.value = Math.sqrt(data.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / data.length) * 3;
      line(data);
    };
  });
  // Whoever leaves the page stops speaking.
  addEventListener("pagehide", () => {
    if (!stop.hidden) navigator.sendBeacon(stop.action, new URLSearchParams(new FormData(stop) as unknown as Record<string, string>));
  });
}

/** The port on which pieces come. */
async function microphone(worklet: string): Promise<MessagePort> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } });
  const sound = new AudioContext({ sampleRate: RATE });
  await sound.audioWorklet.addModule(worklet);
  const node = new AudioWorkletNode(sound, "pieces", { numberOfOutputs: 0 });
  sound.createMediaStreamSource(stream).connect(node);
  return node.port;
}

/** One request after the other, so that pieces arrive in their order. */
function sender(url: string, say: (name: string) => void): (piece: Int16Array) => void {
  let waiting: Int16Array[] = [];
  let going = false;
  let over = false;
  const go = async (): Promise<void> => {
    if (going || over || waiting.length < TOGETHER) return;
    going = true;
    const now = waiting;
    waiting = [];
    try {
      const answer = await fetch(url, { method: "POST", body: new Blob(now as unknown as BlobPart[]), headers: { "Content-Type": "application/octet-stream" } });
      over = answer.status === 409 || answer.status === 404;
      say(over ? "ended" : answer.ok ? "on" : "cut");
    } catch {
      say("cut");
    }
    going = false;
    void go();
  };
  return (piece) => {
    waiting.push(piece);
    waiting = waiting.slice(-BEHIND * 10);
    void go();
  };
}

export {};

import { all } from "../dom";

/** Longer notes are not listened to. */
const LONGEST = 5 * 60;

/** What the browser records, the best first; phones of Apple know only the last. */
const KINDS = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/mp4", "m4a"],
] as const;

/** Records a voice note into the file field below it. Without a recorder the field stays as it is. */
export function voice(root: ParentNode): void {
  const kind = "MediaRecorder" in window ? KINDS.find(([type]) => MediaRecorder.isTypeSupported(type)) : undefined;
  if (!kind || !("mediaDevices" in navigator) || !("DataTransfer" in window)) return;
  for (const place of all(root, "[data-voice]")) recorder(place, kind[0], kind[1]);
}

function recorder(place: HTMLElement, type: string, ending: string): void {
  const part = <T extends HTMLElement>(name: string): T => place.querySelector<T>(`[data-voice-${name}]`) as T;
  const tools = part("tools");
  const start = part<HTMLButtonElement>("start");
  const stop = part<HTMLButtonElement>("stop");
  const drop = part<HTMLButtonElement>("drop");
  const time = part("time");
  const says = part("says");
  const sound = place.querySelector("audio");
  const input = place.querySelector<HTMLInputElement>("input[type=file]");
  if (!sound || !input) return;
  tools.hidden = false;
  let running: MediaRecorder | undefined;

  const say = (words: string): void => {
    says.textContent = words;
    says.hidden = words === "";
  };
  const put = (files: File[]): void => {
    const kept = new DataTransfer();
    for (const file of files) kept.items.add(file);
    input.files = kept.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (recording: boolean, kept: boolean): void => {
    start.hidden = recording || kept;
    stop.hidden = !recording;
    sound.hidden = drop.hidden = !kept;
  };
  const clear = (): void => {
    if (sound.src) URL.revokeObjectURL(sound.src);
    sound.removeAttribute("src");
    show(false, false);
  };

  start.addEventListener("click", async () => {
    say("");
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => undefined);
    if (!stream) {
      say(place.dataset.textRefused ?? "");
      return;
    }
    const pieces: Blob[] = [];
    const began = Date.now();
    const taken = (running = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32_000 }));
    const clock = window.setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= LONGEST && taken.state === "recording") {
        taken.stop();
        say(place.dataset.textFull ?? "");
      }
    }, 250);
    taken.addEventListener("dataavailable", (event) => pieces.push(event.data));
    taken.addEventListener("stop", () => {
      window.clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      running = undefined;
      const file = new File(pieces, `ghi-am.${ending}`, { type: type.split(";")[0] ?? type });
      put([file]);
      sound.src = URL.createObjectURL(file);
      show(false, true);
    });
    time.textContent = "0:00";
    taken.start();
    show(true, false);
    stop.focus();
  });
  stop.addEventListener("click", () => running?.stop());
  drop.addEventListener("click", () => {
    put([]);
    clear();
    start.focus();
  });
  // Another file was chosen by hand: the recording is not sent any more.
  input.addEventListener("change", (event) => {
    if (event.isTrusted && sound.src) clear();
  });
  // What is still being said goes along with the form.
  input.form?.addEventListener("submit", (event) => {
    const taken = running;
    if (!taken) return;
    event.preventDefault();
    const by = (event as SubmitEvent).submitter;
    taken.addEventListener("stop", () => window.setTimeout(() => (by instanceof HTMLButtonElement ? by.click() : input.form?.submit())));
    taken.stop();
  });
}

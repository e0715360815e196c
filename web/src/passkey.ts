// Passkeys: carries the server's question to the device and the device's answer back. Without it the password stays.

/** The server's question, with bytes as base64url text. */
type Asked = { id: string; asked: { publicKey: Record<string, unknown> } };
type Told = { to?: string; title?: string };

/** A question works for five minutes; the one that waits for the browser's own list is renewed before. */
const RENEW_MS = 4 * 60_000;

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function words(buffer: ArrayBuffer | null): string | null {
  if (!buffer) return null;
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

async function send<T>(url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
  const told = (await answer.json()) as T & Told;
  if (!answer.ok) throw new Said(told.title ?? "");
  return told;
}

/** A sentence of the server for the person. */
class Said extends Error {}

function options(asked: Asked["asked"]): Record<string, unknown> {
  const made: Record<string, unknown> = { ...asked.publicKey };
  made.challenge = bytes(made.challenge as string);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    const held = made[list] as { id: string }[] | undefined;
    if (held) made[list] = held.map((one) => ({ ...one, id: bytes(one.id) }));
  }
  const user = made.user as { id: string } | undefined;
  if (user) made.user = { ...user, id: bytes(user.id) };
  return made;
}

function credential(made: PublicKeyCredential, response: Record<string, unknown>): Record<string, unknown> {
  return { id: made.id, rawId: words(made.rawId), type: made.type, response, extensions: {} };
}

/** Runs one ceremony and says at the place what went wrong. */
async function run(place: HTMLElement, ceremony: () => Promise<Told>): Promise<void> {
  const says = place.querySelector<HTMLElement>("[data-passkey-says]");
  const say = (text: string) => {
    if (!says) return;
    says.textContent = text;
    says.hidden = text === "";
  };
  say("");
  try {
    const told = await ceremony();
    if (told.to) location.assign(told.to);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    const lost = error instanceof TypeError;
    say((error instanceof Said && error.message) || (lost ? place.dataset.textLost : place.dataset.textFailed) || "");
  }
}

async function add(place: HTMLFormElement): Promise<Told> {
  const { id, asked } = await send<Asked>(place.dataset.begin ?? "", {});
  const made = await navigator.credentials.create({ publicKey: options(asked) as unknown as PublicKeyCredentialCreationOptions });
  const key = made as PublicKeyCredential;
  const response = key.response as AuthenticatorAttestationResponse;
  const answer = credential(key, {
    attestationObject: words(response.attestationObject),
    clientDataJSON: words(response.clientDataJSON),
    transports: response.getTransports ? response.getTransports() : [],
  });
  const name = place.querySelector<HTMLInputElement>("input[name=ten]")?.value ?? "";
  return send<Told>(place.dataset.finish ?? "", { id, ten: name, answer });
}

async function enter(place: HTMLElement, signal: AbortSignal, conditional: boolean): Promise<Told> {
  const { id, asked } = await send<Asked>(place.dataset.begin ?? "", {});
  const found = await navigator.credentials.get({
    publicKey: options(asked) as unknown as PublicKeyCredentialRequestOptions,
    signal,
    ...(conditional ? { mediation: "conditional" as CredentialMediationRequirement } : {}),
  });
  const key = found as PublicKeyCredential;
  const response = key.response as AuthenticatorAssertionResponse;
  const answer = credential(key, {
    authenticatorData: words(response.authenticatorData),
    clientDataJSON: words(response.clientDataJSON),
    signature: words(response.signature),
    userHandle: words(response.userHandle),
  });
  return send<Told>(place.dataset.finish ?? "", { id, tiep: place.dataset.next ?? "", answer });
}

/** The browser's own list under the field of the name offers the passkeys, where it can. */
async function wait(place: HTMLElement, stop: { now: AbortController }): Promise<void> {
  const can = await PublicKeyCredential.isConditionalMediationAvailable?.();
  if (!can || !document.querySelector("input[autocomplete~=webauthn]")) return;
  const again = () => {
    stop.now.abort();
    stop.now = new AbortController();
    const { signal } = stop.now;
    void run(place, () => enter(place, signal, true));
    setTimeout(() => {
      if (!signal.aborted) again();
    }, RENEW_MS);
  };
  again();
}

function ready(): void {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const form = document.querySelector<HTMLFormElement>("form[data-passkey-add]");
  if (form) {
    form.hidden = false;
    const none = document.querySelector<HTMLElement>("[data-passkey-none]");
    if (none) none.hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void run(form, () => add(form));
    });
  }
  const door = document.querySelector<HTMLElement>("[data-passkey-enter]");
  if (door) {
    door.hidden = false;
    const stop = { now: new AbortController() };
    door.querySelector("button")?.addEventListener("click", () => {
      stop.now.abort();
      stop.now = new AbortController();
      const { signal } = stop.now;
      void run(door, () => enter(door, signal, false));
    });
    void wait(door, stop);
  }
}

ready();

export {};

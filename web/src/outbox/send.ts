/** What became of a letter. */
export type Outcome = { kind: "sent"; url: string } | { kind: "later" } | { kind: "wrong"; why: "refused" | "moved" | "sign-in" };

/** A weak signal is slow, but nothing may seem to be on its way for ever. */
const PATIENCE = 120_000;

/** Sends a body as the form would. The server names the next page instead of leading there, so that its note stays for us to see. */
export function send(action: string, type: string, body: ArrayBuffer, progress: (share: number) => void): Promise<Outcome> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.timeout = PATIENCE;
    request.setRequestHeader("Content-Type", type);
    request.setRequestHeader("X-Outbox", "1");
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => done(judge(request));
    request.onerror = request.ontimeout = request.onabort = () => done({ kind: "later" });
    request.send(body);
  });
}

function judge(request: XMLHttpRequest): Outcome {
  const url = request.getResponseHeader("X-Outbox-Location");
  if (request.status === 204 && url) {
    return url.startsWith("/dang-nhap") ? { kind: "wrong", why: "sign-in" } : { kind: "sent", url };
  }
  if (request.status === 429 || request.status >= 500 || request.status === 0) return { kind: "later" };
  if (request.status === 401) return { kind: "wrong", why: "sign-in" };
  return { kind: "wrong", why: request.status === 409 ? "moved" : "refused" };
}

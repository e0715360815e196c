// What waits for the network, kept in this browser until the server has taken it. What was typed and photographed is
// encrypted with a key that no script can read out, so that a lost phone's files tell nothing.

export type Letter = {
  id: string;
  /** Whose it is: another person who signs in on this phone neither sees nor sends it. */
  user: string;
  action: string;
  /** The page it was written on. */
  page: string;
  /** What it is, in words. */
  name: string;
  at: number;
  /** The type of the body, with its boundary. */
  type: string;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
  /** Why the server did not take it; absent while it waits for the network. */
  wrong?: "refused" | "moved" | "sign-in";
};

/** A form that is kept to be filled in without a network. */
export type Form = {
  id: string;
  user: string;
  /** The page it was kept on. */
  page: string;
  name: string;
  at: number;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
};

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open("outbox", 3);
    request.onupgradeneeded = () => {
      const there = request.result.objectStoreNames;
      if (!there.contains("letters")) request.result.createObjectStore("letters", { keyPath: "id" });
      if (!there.contains("keys")) request.result.createObjectStore("keys");
      if (!there.contains("forms")) request.result.createObjectStore("forms", { keyPath: "id" });
      if (!there.contains("pages")) request.result.createObjectStore("pages", { keyPath: "url" });
      if (!there.contains("bodies")) request.result.createObjectStore("bodies");
    };
    request.onsuccess = () => {
      // A newer version of the program, in another window, may change what is kept here.
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => fail(request.error);
  });
  return opened;
}

type Store = "letters" | "keys" | "forms" | "pages" | "bodies";

export async function ask<T>(store: Store, mode: IDBTransactionMode, what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(store, mode);
  return new Promise((done, fail) => {
    const request = what(transaction.objectStore(store));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error ?? request.error);
  });
}

async function key(): Promise<CryptoKey> {
  const known = await ask<CryptoKey | undefined>("keys", "readonly", (keys) => keys.get("key"));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await ask("keys", "readwrite", (keys) => keys.put(made, "key"));
  return made;
}

export type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };

export async function sealed(body: ArrayBuffer): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), body) };
}

export async function unsealed({ iv, data }: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), data);
}

/** Keeps a body; an error when the browser keeps nothing, or does not have the room. */
export async function put(about: Omit<Letter, "iv" | "data">, body: ArrayBuffer): Promise<Letter> {
  const letter = { ...about, ...(await sealed(body)) };
  await ask("letters", "readwrite", (letters) => letters.put(letter));
  return letter;
}

export async function body(letter: Letter): Promise<ArrayBuffer> {
  return unsealed(letter);
}

export async function mark(letter: Letter): Promise<void> {
  await ask("letters", "readwrite", (letters) => letters.put(letter));
}

export async function drop(id: string): Promise<void> {
  await ask("letters", "readwrite", (letters) => letters.delete(id));
}

/** What waits of this person, oldest first. What was written without signing in belongs to nobody, so it never waits for ever. */
export async function waiting(user: string): Promise<Letter[]> {
  const letters = await ask<Letter[]>("letters", "readonly", (letters) => letters.getAll() as IDBRequest<Letter[]>);
  return letters.filter((letter) => letter.user === user || letter.user === "").sort((one, other) => one.at - other.at);
}

/** Keeps a form in place of an older copy. */
export async function formPut(about: Omit<Form, "iv" | "data">, html: string): Promise<void> {
  const text = new TextEncoder().encode(html);
  const kept = { ...about, ...(await sealed(text.buffer as ArrayBuffer)) };
  await ask("forms", "readwrite", (forms) => forms.put(kept));
}

export async function form(kept: Form): Promise<string> {
  return new TextDecoder().decode(await unsealed(kept));
}

export async function formDrop(id: string): Promise<void> {
  await ask("forms", "readwrite", (forms) => forms.delete(id));
}

/** The forms that this person keeps, by name, and those that were kept without signing in. */
export async function forms(user: string): Promise<Form[]> {
  const kept = await ask<Form[]>("forms", "readonly", (forms) => forms.getAll() as IDBRequest<Form[]>);
  return kept.filter((one) => one.user === user || one.user === "").sort((one, other) => one.name.localeCompare(other.name));
}

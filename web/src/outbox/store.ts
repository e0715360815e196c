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

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open("outbox", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("letters", { keyPath: "id" });
      request.result.createObjectStore("keys");
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  return opened;
}

async function ask<T>(store: "letters" | "keys", mode: IDBTransactionMode, what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
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

/** Keeps a body; an error when the browser keeps nothing, or does not have the room. */
export async function put(about: Omit<Letter, "iv" | "data">, body: ArrayBuffer): Promise<Letter> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), body);
  const letter = { ...about, iv, data };
  await ask("letters", "readwrite", (letters) => letters.put(letter));
  return letter;
}

export async function body(letter: Letter): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: letter.iv }, await key(), letter.data);
}

export async function mark(letter: Letter): Promise<void> {
  await ask("letters", "readwrite", (letters) => letters.put(letter));
}

export async function drop(id: string): Promise<void> {
  await ask("letters", "readwrite", (letters) => letters.delete(id));
}

/** What waits of this person, oldest first. */
export async function waiting(user: string): Promise<Letter[]> {
  const letters = await ask<Letter[]>("letters", "readonly", (letters) => letters.getAll() as IDBRequest<Letter[]>);
  return letters.filter((letter) => letter.user === user).sort((one, other) => one.at - other.at);
}

/** Elements in a piece of page, the piece itself included. */
export function all<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T[] {
  const found = Array.from(root.querySelectorAll<T>(selector));
  if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root as T);
  return found;
}

/** A text that the server put on <body data-text-NAME>, in the language of the page. */
export function text(name: string): string {
  return document.body.getAttribute(`data-text-${name}`) ?? "";
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  content = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (content) made.textContent = content;
  return made;
}

/** True while the person types somewhere: then letters are letters, not commands. */
export function typing(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    event.ctrlKey || event.metaKey || event.altKey ||
    (target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)))
  );
}

/** localStorage may be forbidden or full; the page works on without it. */
export const memory = {
  get<T>(key: string): T | null {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null") as T | null;
    } catch {
      return null;
    }
  },
  set(key: string, value: unknown): void {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      /* full or forbidden */
    }
  },
  drop(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      /* forbidden */
    }
  },
  keys(prefix: string): string[] {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
};

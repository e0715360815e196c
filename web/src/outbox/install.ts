// The browser says that the commune's pages could stand among the phone's applications: a button appears at the foot of those pages where
// people come with matters of their own.
import { all } from "../dom";

type Installs = Event & { prompt(): Promise<unknown> };

export function install(): void {
  addEventListener("beforeinstallprompt", (event) => {
    for (const button of all<HTMLButtonElement>(document, "button[data-install]")) {
      button.hidden = false;
      button.onclick = () => void (event as Installs).prompt().then(() => (button.hidden = true));
    }
  });
}

// Headless Chromium with the workbench in it.
import { pathToFileURL } from "node:url";
import { ensureChromium } from "../system.mjs";
import { installVscode } from "./install.mjs";

const flags = [
  // Chromium's sandbox refuses to run as root and in most containers; it shows nothing but our own server here.
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @typedef {{ close(): Promise<void>, newPage(options?: object): Promise<any>, on(event: "disconnected", listener: () => void): void }} Browser */

/** @returns {Promise<Browser>} */
export async function launchBrowser() {
  const executablePath = ensureChromium();
  // Not a dependency of the project: it comes with the VS Code that it drives.
  const { playwright } = await installVscode();
  const { chromium } = await import(pathToFileURL(playwright).href);
  // Signals are the business of the program that launches the browser.
  return chromium.launch({
    executablePath,
    args: flags,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

// Desktop VS Code, where it is installed.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { findProgram } from "../system.mjs";

/**
 * `command` is the script that opens a window and returns. Tests need the program behind it, which stays until they are finished.
 * @returns {{ command: string, executable: string | undefined } | undefined}
 */
export function findDesktopVscode() {
  const command = findProgram("code");
  if (!command) return undefined;
  // <VS Code>/bin/code, on a Mac <VS Code>.app/Contents/Resources/app/bin/code
  const home = dirname(dirname(realpathSync(command)));
  const candidates = [
    join(home, "code"),
    join(home, "Code.exe"),
    join(home, "../../MacOS/Electron"),
    join(home, "../../MacOS/Code"),
  ];
  return { command, executable: candidates.find((file) => existsSync(file)) };
}

/** On Linux a desktop program needs a display; other systems always have one. */
export function hasScreen() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

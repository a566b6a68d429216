// What the workbench itself logs while an extension's tests are running. It says nothing about them.
const patterns = [
  /^Resolv(ing|ed) connection token /,
  /^Creating a socket \(renderer-/,
  /^Updating additional builtin extensions cache/,
  /^ChatSessionStore: /,
  // code-server has its own service worker, which its bare VS Code does not serve.
  /^\[Service Worker\] registration /,
  // Web extensions without translations of their manifest.
  /^Request to '[^']*\/package\.nls\.json' failed with status code 404/,
  /^Found additional builtin location extensions in env/,
  /^Loading development extension at /,
  // A virtual file system is asked for before the extension that brings it has started.
  /^No search provider registered for scheme: /,
  /No file system provider found for resource/,
  /^(stack trace: )?CodeExpectedError\n/,
  // Very many editors at once, and a machine that has other things to do.
  /potential listener LEAK detected/,
  /^Creation of workbench contribution '.*' took \d+ms/,
  // The marketplace, where there is no network.
  /^getaddrinfo \w+ open-vsx\.org/,
];

/** @param {string} text of one log call */
export const isNoise = (text) => patterns.some((pattern) => pattern.test(text));

/**
 * The workbench ends a test run in good order (status 0!) when the extension host is gone. This is what it logs then.
 * @param {string} text of one log call
 */
export const tellsLostHost = (text) =>
  /^\[remote-connection\]\[ExtensionHost\].* received socket close event/.test(text);

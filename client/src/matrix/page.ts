/** Addresses, as the webview wants them. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** What the policy calls the origin of both. */
  readonly cspSource: string;
}

/** The frame of the page. Its content is built by the script; the policy lets nothing in but that script and that style sheet. */
export function pageHtml({ script, style, cspSource }: PageParts): string {
  const nonce = newNonce();
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cache compatibility</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

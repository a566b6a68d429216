import type { MatrixView } from "../../server/src/core/index.ts";

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const SIGNS = { supported: "✓", "end-of-life": "⚠", unsupported: "✗", unlisted: "–" } as const;

/** The table as a page without scripts; it takes its colours from the theme, and says everything in words and shapes, too. */
export function matrixHtml(matrix: MatrixView, displayPath: (uri: string) => string): string {
  const head = matrix.columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
  const engines = [...new Set(matrix.rows.map((row) => row.engine))];
  const bodies = engines.map((engine) => {
    const rows = matrix.rows
      .filter((row) => row.engine === engine)
      .map((row) => {
        const cells = row.cells.map(({ column, state, words }) => {
          const isYours = row.uses.some((use) => use.column === column);
          const yours = isYours ? ' <span class="yours">yours</span>' : "";
          return `<td class="${state}${isYours ? " marked" : ""}"><span aria-hidden="true">${SIGNS[state]}</span> <span class="words">${escapeHtml(words.replace(/^\S+ /, ""))}</span>${yours}</td>`;
        });
        const uses = row.uses.map(({ path, line, character, text }) => {
          const href = `command:cacheCompat.openPlace?${encodeURIComponent(JSON.stringify([path, line, character]))}`;
          return `<a href="${escapeHtml(href)}">${escapeHtml(displayPath(path))}:${line + 1} <code>${escapeHtml(text)}</code></a>`;
        });
        return `<tr><th scope="row">${escapeHtml(`${engine} ${row.label}`)}</th>${cells.join("")}<td>${escapeHtml(row.lifecycle)}</td><td>${uses.join("<br>")}</td></tr>`;
      });
    return `<tbody>${rows.join("\n")}</tbody>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Caches for ${escapeHtml(matrix.name)}</title>
<style>
  body { font-family: var(--vscode-font-family); color: var(--vscode-foreground); padding: 1rem 1.5rem; }
  table { border-collapse: collapse; }
  caption { text-align: left; padding-bottom: 0.75rem; }
  th, td { border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8886)); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
  tbody + tbody { border-top: 3px double var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #8886)); }
  thead th { position: sticky; top: 0; background: var(--vscode-editor-background); }
  .supported > span:first-child { color: var(--vscode-testing-iconPassed, inherit); }
  .end-of-life > span:first-child { color: var(--vscode-editorWarning-foreground, inherit); }
  .unsupported > span:first-child { color: var(--vscode-editorError-foreground, inherit); }
  .unlisted .words { opacity: 0.8; }
  .marked { outline: 2px solid var(--vscode-focusBorder); outline-offset: -2px; }
  .yours { font-weight: bold; }
  a { color: var(--vscode-textLink-foreground); }
  code { font-family: var(--vscode-editor-font-family); }
</style>
</head>
<body>
<table>
<caption>Which cache a ${escapeHtml(matrix.name)} version supports. Source: ${escapeHtml(matrix.source)}, ${escapeHtml(matrix.asOf)}. Cells of your own stack are marked <b>yours</b>.</caption>
<thead><tr><th scope="col">Cache</th>${head}<th scope="col">Its publisher</th><th scope="col">In this workspace</th></tr></thead>
${bodies.join("\n")}
</table>
</body>
</html>`;
}

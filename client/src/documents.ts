import type { DocumentSelector } from "vscode-languageclient";

/** `.env` and the project file are neighbours of what we check: their unsaved text counts. */
export const DOCUMENTS: DocumentSelector = [
  { language: "dockercompose" },
  { language: "yaml" },
  { language: "dockerfile" },
  { language: "redis-conf" },
  { language: "dotenv" },
  { language: "shellscript" },
  { pattern: "**/{.env,.env.*,*.env}" },
  { pattern: "**/cache-compat.json" },
];

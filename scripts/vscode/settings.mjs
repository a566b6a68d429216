/** User settings for a VS Code that nobody has set up: nothing that moves, advertises or asks, and no edits written behind a test's back. */
export const calmSettings = {
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "editor.hover.delay": 100,
  "extensions.ignoreRecommendations": true,
  // A browser saves after a second by default, the desktop never does.
  "files.autoSave": "off",
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

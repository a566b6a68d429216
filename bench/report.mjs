/** Rows of figures as one table. */
import { TARGETS } from "./targets.mjs";

function number(value) {
  if (value === null || value === undefined) return "–";
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Each row with its targets and whether it keeps its budget. */
export function judge(rows) {
  return rows.map((row) => {
    const { budget = null, aim = null } = TARGETS[row.id] ?? {};
    return { ...row, budget, aim, isOver: budget !== null && row.ratio !== null && row.ratio > budget };
  });
}

export function table(rows) {
  const cells = rows.map(({ name, unit, ours, floor, ratio, low, high, budget, aim, isOver }) => [
    name,
    unit === "" || ours === null ? number(ours) : `${number(ours)} ${unit}`,
    unit === "" || floor === null ? number(floor) : `${number(floor)} ${unit}`,
    number(ratio),
    low === undefined || low === null ? "" : `${number(low)} to ${number(high)}`,
    number(budget),
    number(aim),
    isOver ? "over" : "",
  ]);
  const head = ["what", "ours", "floor", "ratio", "rounds", "budget", "aim", "note"];
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i].length)));
  const line = (row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...cells.map(line)].join("\n");
}

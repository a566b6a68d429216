/** Calendar days as ISO text (`2026-11-20`), UTC. No clock in here: the day to judge on always comes from outside. */

const DAY_MS = 86_400_000;

/** True for a real calendar day. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The day that is so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function amount(days: number): string {
  if (days === 1) return "1 day";
  if (days < 60) return `${days} days`;
  const months = Math.floor(days / 30.44);
  if (months < 24) return `${months} months`;
  const years = Math.floor(days / 365.25);
  return `${years} years`;
}

/** `in 11 days`, `today`, `3 months ago`. */
export function distance(from: string, to: string): string {
  const days = daysBetween(from, to);
  if (days === 0) return "today";
  return days > 0 ? `in ${amount(days)}` : `${amount(-days)} ago`;
}

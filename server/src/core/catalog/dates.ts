/** Calendar days as ISO text (`2026-11-20`), UTC. No clock in here: the day to judge on always comes from outside. */

const DAY_MS = 86_400_000;

/** True for a real calendar day. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The last day of a month such as `2026-02`; a day stays what it is. `null` for anything else. */
export function lastDay(date: string): string | null {
  if (isDay(date)) return date;
  const [, year, month] = /^(\d{4})-(\d\d)$/.exec(date) ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12) return null;
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** `February 2026` for a month, the day itself for a day. */
export function dateText(date: string): string {
  const [, year, month] = /^(\d{4})-(\d\d)$/.exec(date) ?? [];
  return year === undefined ? date : `${MONTHS[Number(month) - 1]} ${year}`;
}

/** Days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The day that is so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole months of the calendar between two days. */
function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0] = from.split("-").map(Number);
  const [toYear = 0, toMonth = 0] = to.split("-").map(Number);
  const isShort = to.slice(8) < from.slice(8) && lastDay(to.slice(0, 7)) !== to;
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (isShort ? 1 : 0);
}

function amount(from: string, to: string): string {
  const days = daysBetween(from, to);
  if (days === 1) return "1 day";
  const months = monthsBetween(from, to);
  if (days < 60 || months < 2) return `${days} days`;
  return months < 24 ? `${months} months` : `${Math.floor(months / 12)} years`;
}

/** `in 11 days`, `today`, `3 months ago`. */
export function distance(from: string, to: string): string {
  const days = daysBetween(from, to);
  if (days === 0) return "today";
  return days > 0 ? `in ${amount(from, to)}` : `${amount(to, from)} ago`;
}

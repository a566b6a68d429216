/** Wrong usage or an unreadable path: exit status 2 and this one line. */
export class UsageError extends Error {}

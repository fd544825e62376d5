/** A day, as people here write it. Keystone gives its own time, UTC, and says so in some answers only. */
export const dateOf = (time: string): string =>
  new Date(/(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`).toLocaleDateString();

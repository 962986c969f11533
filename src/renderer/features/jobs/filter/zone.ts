/** Of this machine: that of dates in a filter that name none. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Pixels; `.row` of the style sheet must agree. */
export const rowHeight = 32

/** What a colour says; never alone: an icon and a word stand beside it. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'violet' | 'teal'

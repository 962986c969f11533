/**
 * Node's own flags for the web entry. By itself V8 lets short-lived objects fill up to 64 MB before it
 * clears them away; 4 MB leaves pages as fast, and a busy console a quarter smaller. V8 takes this only
 * before it starts. The heap may double before it is cleared as a whole: a backfill of the mirror would let it
 * grow to four times what is in use.
 */
export const webNodeFlags: readonly string[] = [
  '--max-semi-space-size=4',
  '--heap-growing-percent=100',
]

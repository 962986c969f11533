/**
 * Node's own flags for the web entry. By itself V8 lets short-lived objects fill up to 64 MB before it
 * clears them away; 4 MB leaves pages as fast, and a busy console a quarter smaller. V8 takes this only
 * before it starts.
 */
export const webNodeFlags: readonly string[] = ['--max-semi-space-size=4']

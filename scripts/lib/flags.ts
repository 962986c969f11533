/** The command line without `--redis URL`: what names a password goes on by the environment alone. */
export function withoutRedis(flags: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index < flags.length; index++) {
    const flag = flags[index] ?? ''
    if (flag === '--redis') index += 1
    else if (!flag.startsWith('--redis=')) kept.push(flag)
  }
  return kept
}

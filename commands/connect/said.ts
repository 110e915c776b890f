/** What was said on the command line: the words before the first option, and the options; `--dial` alone says yes. */
export function saidIn(args: readonly string[]): { words: string[]; said: Map<string, string> } {
  const words: string[] = []
  const said = new Map<string, string>()
  for (let i = 0; i < args.length; i++) {
    const [, flag, value] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(args[i]!) ?? []
    if (flag === undefined) {
      words.push(args[i]!)
      continue
    }
    const next = args[i + 1]
    const follows = value === undefined && next !== undefined && !next.startsWith('--')
    said.set(flag, value ?? (follows ? next : 'yes'))
    if (follows) i++
  }
  return { words, said }
}

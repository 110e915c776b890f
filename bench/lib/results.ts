import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../kernel/projectRoot.js'

const FILE = join(projectRoot, 'bench', 'RESULTS.md')

/** One section of RESULTS.md: replaced whole at each run of its benchmark. */
export interface Section {
  title: string
  /** What was compared, and how. */
  about: string
  header: string[]
  rows: (string | number)[][]
  notes?: string[]
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`

/** Prints the section and puts it into RESULTS.md with machine and date. */
export async function report(section: Section, date: Date): Promise<void> {
  const text = render(section, date)
  console.log(`\n${text}`)
  const known = await readFile(FILE, 'utf8').catch(
    () => '# Results\n\nRatios are within one run: rates differ between machines, ratios hardly.\n',
  )
  const parts = known.split(/\n(?=## )/)
  const at = parts.findIndex(part => part.startsWith(`## ${section.title}\n`))
  if (at < 0) parts.push(text)
  else parts[at] = text
  await writeFile(FILE, `${parts.map(part => part.trim()).join('\n\n')}\n`)
}

function render({ title, about, header, rows, notes = [] }: Section, date: Date): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  return [
    `## ${title}`,
    '',
    about,
    '',
    line(header),
    line(header.map(() => '---')),
    ...rows.map(line),
    '',
    ...notes.map(note => `- ${note}`),
    ...(notes.length > 0 ? [''] : []),
    `${date.toISOString().slice(0, 10)}, ${machine()}.`,
  ].join('\n')
}

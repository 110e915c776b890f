import { type Document, LineCounter, parseDocument, visit } from 'yaml'

/** A text as YAML, and what keeps it from being any, with its lines. No problem quotes the text: it may hold a secret. */
export function readYaml(text: string): { doc: Document; lines: LineCounter; problems: string[] } {
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number) => `line ${lines.linePos(offset).line}`
  const problems = doc.errors.map(({ pos, message }) => `${lineAt(pos[0])}: ${message}`)
  visit(doc, {
    Alias: (_key, alias) => {
      if (!alias.resolve(doc)) problems.push(`${lineAt(alias.range![0])}: a text that begins with * needs quotes.`)
    },
  })
  return { doc, lines, problems }
}

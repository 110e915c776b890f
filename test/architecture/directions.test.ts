import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../kernel/projectRoot.js'

const FOLDERS = ['hub', 'kernel', 'gateway', 'subgraphs', 'connectors', 'sandbox', 'console', 'commands', 'bench']

interface Import {
  from: string
  to: string
}

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : /\.ts$/.test(name) && !/\.test\.ts$/.test(name) ? [path] : []
  })

const sources = FOLDERS.flatMap(folder => files(join(projectRoot, folder))).map(path => ({
  path: relative(projectRoot, path),
  text: readFileSync(path, 'utf8'),
}))

const imports: Import[] = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) => ({
    from: path,
    to: relative(projectRoot, resolve(projectRoot, dirname(path), target!)),
  })),
)

const top = (path: string): string => path.split('/')[0]!
const subgraph = (path: string): string | null => (top(path) === 'subgraphs' ? path.split('/')[1]! : null)
const wrong = (refused: (one: Import) => boolean): string[] =>
  imports.filter(refused).map(({ from, to }) => `${from} imports ${to}`)

describe('F1: directions of imports', () => {
  it('are looked at in every file', () => {
    expect(imports.length).toBeGreaterThan(1000)
  })

  it('the kernel knows no domain', () => {
    expect(wrong(({ from, to }) => top(from) === 'kernel' && top(to) !== 'kernel')).toEqual([])
  })

  it('connectors and the sandbox stand on the kernel alone', () => {
    expect(wrong(({ from, to }) => top(from) === 'connectors' && !['connectors', 'kernel'].includes(top(to)))).toEqual(
      [],
    )
    expect(wrong(({ from, to }) => top(from) === 'sandbox' && !['sandbox', 'kernel'].includes(top(to)))).toEqual([])
  })

  it('the gateway knows the kernel and no subgraph', () => {
    expect(wrong(({ from, to }) => top(from) === 'gateway' && !['gateway', 'kernel'].includes(top(to)))).toEqual([])
  })

  it('subgraphs meet through an index only, and nothing but the wiring imports sync', () => {
    const across = ({ from, to }: Import) =>
      subgraph(from) !== null && subgraph(to) !== null && subgraph(from) !== subgraph(to)
    expect(wrong(one => across(one) && !one.to.endsWith('/index.js'))).toEqual([])
    expect(wrong(one => across(one) && subgraph(one.from) !== 'sync')).toEqual([])
    const wires = ['hub', 'bench', 'commands']
    expect(
      wrong(({ from, to }) => subgraph(to) === 'sync' && subgraph(from) !== 'sync' && !wires.includes(top(from))),
    ).toEqual([])
    expect(wrong(({ from, to }) => subgraph(from) !== null && !['subgraphs', 'kernel'].includes(top(to)))).toEqual([])
  })
})

/** What may read rows past the viewer's filter, or outside of the ORM, and why. */
const RAW: Record<string, string> = {
  'subgraphs/access/': 'who may do what is found out before there is a viewer',
  'subgraphs/call/apply/': 'the phone system tells, no person asks',
  'subgraphs/call/follower.ts': 'keeps the columns that rules read',
  'subgraphs/call/load/': 'history is loaded by the hub itself',
  'subgraphs/call/presence/': 'what phones say, which are no rows of a person',
  'subgraphs/call/unlinked/linkWaiting.ts': 'calls are linked by the hub itself',
  'subgraphs/crm/customer/moveCustomers.ts': 'keeps the columns that rules read',
  'subgraphs/crm/load/': 'loaded by the hub itself',
  'subgraphs/crm/ports.ts': 'asked by other subgraphs, not by a person',
  'subgraphs/sync/inbox/': 'raw messages belong to nobody who could ask',
  'subgraphs/sync/run/runs.ts': 'how far a run has come is written by the run itself',
}

describe('F2: features', () => {
  const features = sources.filter(({ path }) => top(path) === 'subgraphs' && !path.includes('/migrations/'))

  it('read rows through ctx.rows, but for those that are listed with a reason', () => {
    const raw = features.filter(({ text }) =>
      /\.execute\(\s*\w*\.?em\b|getKysely|filters: false|getConnection\(/.test(text),
    )
    expect(
      raw.map(({ path }) => path).filter(path => !Object.keys(RAW).some(listed => path.startsWith(listed))),
    ).toEqual([])
  })

  it('take the time from the clock', () => {
    const timed = sources.filter(
      ({ path, text }) =>
        ['subgraphs', 'connectors', 'gateway'].includes(top(path)) && /new Date\(\)|Date\.now\(\)/.test(text),
    )
    expect(timed.map(({ path }) => path)).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../projectRoot.js'
import { offlineAttribution } from './attribution.js'

/** Segments from which numbers of people are issued, by whom; those of machines (14x, 172, 174) left out. */
const SEGMENTS = {
  '13x': range(130, 139),
  '14x (145, 147, 149)': ['145', '147', '149'],
  '15x': [...range(150, 153), ...range(155, 159)],
  '16x (162, 165, 166, 167)': ['162', '165', '166', '167'],
  '17x (170, 171: virtual operators)': ['170', '171'],
  '17x (173, 175 – 178)': ['173', ...range(175, 178)],
  '18x': range(180, 189),
  '19x': [...range(190, 193), ...range(195, 199)],
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i))
}

/** Of the 10,000 prefixes of seven digits that each segment has, how many the table gives a region and a carrier. */
function known(segments: readonly string[]) {
  const found = { region: 0, carrier: 0 }
  for (const segment of segments) {
    for (let i = 0; i < 10_000; i++) {
      const canonical = `${segment}${String(i).padStart(4, '0')}0000`
      const { region, carrier } = offlineAttribution.attributionOf({ canonical, kind: 'MOBILE' })
      if (region !== undefined) found.region++
      if (carrier !== undefined) found.carrier++
    }
  }
  const share = (count: number) => `${Math.round((count / segments.length / 10_000) * 100)} %`
  return `${segments.length} | ${share(found.region)} | ${share(found.carrier)}`
}

it('A5: what the table that comes with the hub knows is what docs/attribution.md says of it', () => {
  const rows = [...Object.entries(SEGMENTS), ['all of these', Object.values(SEGMENTS).flat()] as const].map(
    ([name, segments]) => `| ${name} | ${known(segments)} |`,
  )
  const plain = (text: string) => text.replace(/ +/g, ' ')
  const docs = plain(readFileSync(join(projectRoot, 'docs/attribution.md'), 'utf8'))
  expect(rows.filter(row => !docs.includes(plain(row)))).toEqual([])
})

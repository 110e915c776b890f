import { brotliDecompressSync } from 'node:zlib'
import table from './data/attribution.json' with { type: 'json' }
import type { Phone } from './phone.js'

export interface Attribution {
  province?: string
  /** Absent where numbers of several cities share the prefix. */
  city?: string
  /** As it is shown: `广东 深圳`, `北京`, `贵州 贵阳、遵义、安顺`. */
  region?: string
  /** Who issued the number; a number taken along to another carrier keeps it. */
  carrier?: string
}

/** Tells where a number was issued (归属地). Replace it by one with newer prefixes, or one that asks a service. */
export interface AttributionProvider {
  attributionOf(phone: Phone): Attribution
}

/** Seven digits of a mobile number decide its city: 1300000 … 1999999. */
export const MOBILE_FROM = 1_300_000
export const MOBILE_TO = 2_000_000

interface Tables {
  /** Index into `regions` by mobile prefix minus MOBILE_FROM; 0 is unknown. */
  mobiles: Uint16Array
  areas: Map<string, number>
  carriers: Map<string, string>
  regions: readonly Attribution[]
}

let tables: Tables | undefined

/** From the table in data/, which was compiled from public data and lacks prefixes newer than it. Unpacked at the first look-up. */
export const offlineAttribution: AttributionProvider = {
  attributionOf({ canonical, kind }) {
    if (canonical === null || (kind !== 'MOBILE' && kind !== 'LANDLINE')) return {}
    tables ??= unpack()
    return kind === 'MOBILE' ? ofMobile(tables, canonical) : ofLandline(tables, canonical)
  },
}

function ofMobile({ mobiles, regions, carriers }: Tables, number: string): Attribution {
  const region = regions[mobiles[Number(number.slice(0, 7)) - MOBILE_FROM] ?? 0]
  const carrier =
    carriers.get(number.slice(0, 4)) ?? carriers.get(number.slice(0, 3)) ?? carriers.get(number.slice(0, 2))
  return carrier === undefined ? { ...region } : { ...region, carrier }
}

/** The table tells area codes apart by as few digits as it takes (33 for 0335), so the longest that fits decides. */
function ofLandline({ areas, regions }: Tables, number: string): Attribution {
  const index = areas.get(number.slice(1, 4)) ?? areas.get(number.slice(1, 3)) ?? 0
  return { ...regions[index] }
}

function unpack(): Tables {
  const pairs = (text: string) => text.split(',').map(pair => pair.split(' ') as [string, string])
  return {
    mobiles: unpackMobiles(),
    areas: new Map(pairs(table.areas).map(([code, index]) => [code, Number(index)])),
    carriers: new Map(pairs(table.carriers)),
    regions: [{}, ...table.regions.split(',').map(attributionIn)],
  }
}

function attributionIn(region: string): Attribution {
  const [province, places] = region.split(' ') as [string, string?]
  // The four municipalities are province and city at once.
  const city = places ?? province
  return city.includes('、') ? { province, region } : { province, city, region }
}

/** Pairs of varints: how many prefixes in a row, and the region of all of them. */
function unpackMobiles(): Uint16Array {
  const bytes = brotliDecompressSync(Buffer.from(table.mobiles, 'base64'))
  const slots = new Uint16Array(MOBILE_TO - MOBILE_FROM)
  let place = 0
  const next = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[place++]!
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  for (let from = 0; place < bytes.length; ) {
    const length = next()
    slots.fill(next(), from, from + length)
    from += length
  }
  return slots
}

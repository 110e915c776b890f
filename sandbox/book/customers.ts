import { faker } from '@faker-js/faker/locale/zh_CN'
import { agentsOf } from '../agents.js'
import { type Random, seededRandom } from '../random.js'
import { dayStart } from '../shanghai.js'
import { officeMoment } from '../workday.js'
import { foreignNumbers, landline, mobile } from './phones.js'
import { estates, type Place, places, roads } from './places.js'
import type { CustomerStage, SandboxCustomer } from './types.js'
import { brands, pinyin, sources, stages, tags, trades } from './words.js'

/** What a customer is before the sales side of the record is filled in. */
interface Party {
  name: string
  place: Place
  phone: string
  otherPhones: string[]
  company: string | null
  domain: string | null
}

const companyCount = 28
const familyCount = 14
const customerCount = 300
const stageWeights = Object.fromEntries(Object.entries(stages).map(([stage, { weight }]) => [stage, weight])) as Record<
  CustomerStage,
  number
>

/**
 * About 300 customers of a Chinese company: people on mobiles, families who share a number, companies whose staff stand behind
 * one switchboard, and two callers from abroad. `until` is the moment they are seen at: it moves the dates and nothing else.
 */
export function sandboxCustomers(seed: number, until: Date): SandboxCustomer[] {
  const random = seededRandom(seed)
  faker.seed(seed)
  const parties = [...companies(random), ...families(random), ...foreigners(random)]
  while (parties.length < customerCount) parties.push(individual(random))
  return shuffled(random, parties).map((party, index) => customer(random, party, index + 1, until))
}

const fullName = () => faker.person.fullName()

function individual(random: Random): Party {
  const place = random.pick(places)
  const phone = random.chance(0.05) ? landline(random, place) : mobile(random)
  const otherPhones = random.chance(0.08) ? [mobile(random)] : []
  return { name: fullName(), place, phone, otherPhones, company: null, domain: null }
}

function companies(random: Random): Party[] {
  return Array.from({ length: companyCount }, (_, index) => {
    const place = random.pick(places)
    const [brand, word] = brands[index % brands.length]!
    const company = `${place.city.replace('市', '')}${brand}${random.pick(trades)}有限公司`
    const domain = `${word}${index < brands.length ? '' : '-group'}.com.cn`
    const switchboard = landline(random, place)
    return Array.from({ length: random.int(1, 4) }, () => {
      const direct = random.chance(0.6)
      const phone = direct ? mobile(random) : switchboard
      return { name: fullName(), place, phone, otherPhones: direct ? [switchboard] : [], company, domain }
    })
  }).flat()
}

function families(random: Random): Party[] {
  return Array.from({ length: familyCount }, () => {
    const place = random.pick(places)
    const phone = random.chance(0.5) ? landline(random, place) : mobile(random)
    const surname = faker.person.lastName()
    return Array.from({ length: random.int(2, 3) }, () => {
      const name = surname + faker.person.firstName()
      return {
        name,
        place,
        phone,
        otherPhones: random.chance(0.3) ? [mobile(random)] : [],
        company: null,
        domain: null,
      }
    })
  }).flat()
}

const foreigners = (random: Random): Party[] =>
  ['David Miller', 'Emily Carter'].map((name, index) => ({
    name,
    place: random.pick(places),
    phone: foreignNumbers[index]!,
    otherPhones: [],
    company: null,
    domain: null,
  }))

function customer(random: Random, party: Party, number: number, until: Date): SandboxCustomer {
  const stage = random.weighted(stageWeights)
  const today = dayStart(until)
  const age = random.int(2, 700)
  const quiet = random.int(1, age)
  return {
    id: `cus-${String(number).padStart(4, '0')}`,
    name: party.name,
    phone: party.phone,
    otherPhones: party.otherPhones,
    email: emailOf(random, party),
    address: random.chance(0.7) ? addressOf(random, party.place) : null,
    company: party.company,
    stage,
    stageLabel: stages[stage].label,
    source: random.weighted(sources),
    tags: [...new Set(Array.from({ length: random.int(0, 3) }, () => random.pick(tags)))],
    doNotCall: random.chance(0.03),
    ownerId: random.chance(0.12) ? null : random.pick(agentsOf(party.place.team)).id,
    createdAt: new Date(officeMoment(today, age, random.next() / 2)),
    updatedAt: new Date(officeMoment(today, quiet, 0.5 + random.next() / 2)),
  }
}

function emailOf(random: Random, { name, domain }: Party): string | null {
  const surname = pinyin[name[0]!]
  if (domain) return `${surname ?? 'office'}${random.int(1, 99)}@${domain}`
  if (!random.chance(0.55)) return null
  const qq = `${random.int(1, 9)}${random.digits(random.int(7, 9))}@qq.com`
  return surname && random.chance(0.6) ? `${surname}${random.int(1968, 2002)}${random.digits(2)}@163.com` : qq
}

function addressOf(random: Random, { province, city, districts }: Place): string {
  const street = `${random.pick(districts)}${random.pick(roads)}${random.int(1, 380)}号`
  const home = `${random.pick(estates)}${random.int(1, 18)}栋${random.int(1, 28)}0${random.int(1, 4)}室`
  return `${province === city ? '' : province}${city}${street}${random.chance(0.6) ? home : ''}`
}

function shuffled<T>(random: Random, items: T[]): T[] {
  const order = items.map(item => ({ item, key: random.next() }))
  return order.sort((a, b) => a.key - b.key).map(({ item }) => item)
}

import { type Random, seededRandom } from '../random.js'
import { dayMs, dayStamp, dayStart } from '../shanghai.js'
import { officeMoment } from '../workday.js'
import type { CustomerStage, DealStage, SandboxCustomer, SandboxDeal } from './types.js'
import { products } from './words.js'

const dealsPerCustomer: Readonly<Record<CustomerStage, readonly number[]>> = {
  LEAD: [0, 0, 0, 1],
  CONTACTED: [0, 0, 1, 1],
  QUALIFIED: [1, 1, 1, 2],
  WON: [1, 2, 2, 3],
  LOST: [0, 1, 1, 1],
}
const dealStages: Readonly<Record<CustomerStage, Readonly<Record<DealStage, number>>>> = {
  LEAD: { OPEN: 1, WON: 0, LOST: 0 },
  CONTACTED: { OPEN: 8, WON: 0, LOST: 2 },
  QUALIFIED: { OPEN: 8, WON: 1, LOST: 1 },
  WON: { OPEN: 2, WON: 8, LOST: 0 },
  LOST: { OPEN: 0, WON: 1, LOST: 9 },
}

/** The deals of these customers. Order numbers are unique and carry the day: `SO20261102-0007`. */
export function sandboxDeals(seed: number, until: Date, customers: readonly SandboxCustomer[]): SandboxDeal[] {
  const random = seededRandom(seed + 1)
  return customers
    .flatMap(customer => Array.from({ length: random.pick(dealsPerCustomer[customer.stage]) }, () => customer))
    .map((customer, index) => deal(random, customer, index + 1, until))
}

function deal(random: Random, customer: SandboxCustomer, number: number, until: Date): SandboxDeal {
  const today = dayStart(until)
  const age = Math.floor((today - dayStart(customer.createdAt)) / dayMs)
  const opened = random.int(1, Math.max(1, Math.min(age, 240)))
  const stage = random.weighted(dealStages[customer.stage])
  const createdAt = new Date(officeMoment(today, opened, 0.5 + random.next() / 4))
  const closedAt = new Date(officeMoment(today, random.int(1, opened), 0.75 + random.next() / 4))
  const amount = Math.round(random.logNormal(18_000, 1) / 10) * 10 + 500
  const product = random.pick(products)
  return {
    id: `deal-${String(number).padStart(4, '0')}`,
    customerId: customer.id,
    orderNo: `SO${dayStamp(createdAt)}-${String(number).padStart(4, '0')}`,
    title: customer.company ? `${product}采购` : product,
    amount: amount.toFixed(2),
    cost: (amount * (0.55 + 0.3 * random.next())).toFixed(2),
    currency: 'CNY',
    stage,
    createdAt,
    updatedAt: stage === 'OPEN' ? createdAt : closedAt,
    closedAt: stage === 'OPEN' ? null : closedAt,
  }
}

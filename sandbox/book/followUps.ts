import { sandboxAgents } from '../agents.js'
import { type Random, seededRandom } from '../random.js'
import { dayMs, dayStart } from '../shanghai.js'
import { officeMoment } from '../workday.js'
import { mobile } from './phones.js'
import type { SandboxCustomer, SandboxFollowUp } from './types.js'
import { pastedEmailNotes, pastedPhoneNotes, plainNotes, products } from './words.js'

const channels = { PHONE: 60, CHAT: 20, VISIT: 12, EMAIL: 6, OTHER: 2 }

/** What agents wrote down about these customers, and what they mean to do next. */
export function sandboxFollowUps(seed: number, until: Date, customers: readonly SandboxCustomer[]): SandboxFollowUp[] {
  const random = seededRandom(seed + 2)
  return customers
    .flatMap(customer =>
      Array.from({ length: customer.stage === 'LEAD' ? random.int(0, 2) : random.int(1, 5) }, () => customer),
    )
    .map((customer, index) => followUp(random, customer, index + 1, until))
}

function followUp(random: Random, customer: SandboxCustomer, number: number, until: Date): SandboxFollowUp {
  const today = dayStart(until)
  const age = Math.floor((today - dayStart(customer.createdAt)) / dayMs)
  const writtenAgo = random.int(1, Math.max(1, Math.min(age, 120)))
  const createdAt = officeMoment(today, writtenAgo, 0.5 + random.next() / 4)
  const dueIn = random.int(1, 14)
  const dueAt = random.chance(0.6) ? officeMoment(today, writtenAgo - dueIn, random.next() / 2) : null
  const done = dueAt !== null && dueAt < today && random.chance(0.85)
  return {
    id: `fu-${String(number).padStart(4, '0')}`,
    customerId: customer.id,
    authorId: customer.ownerId ?? random.pick(sandboxAgents).id,
    channel: random.weighted(channels),
    note: note(random, customer),
    createdAt: new Date(createdAt),
    dueAt: dueAt === null ? null : new Date(dueAt),
    doneAt: done ? new Date(dueAt + random.int(60, 3600) * 1000) : null,
  }
}

function note(random: Random, customer: SandboxCustomer): string {
  const kind = random.weighted({ plain: 90, phone: 7, email: 3 })
  const text = random.pick({ plain: plainNotes, phone: pastedPhoneNotes, email: pastedEmailNotes }[kind])
  return text
    .replace('{product}', random.pick(products))
    .replace('{phone}', mobile(random))
    .replace('{email}', customer.email ?? `${random.digits(9)}@qq.com`)
}

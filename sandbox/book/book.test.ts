import { expect, test } from 'vitest'
import { sandboxAgents } from '../agents.js'
import { sandboxBook } from './book.js'
import { foreignNumbers } from './phones.js'

const until = new Date('2026-11-23T02:00:00Z')
const book = sandboxBook(1, until)

test('the same seed writes the same book', () => {
  expect(sandboxBook(1, until)).toEqual(book)
  expect(sandboxBook(2, until).customers).not.toEqual(book.customers)
})

test('another moment moves the dates and leaves the people as they are', () => {
  const later = sandboxBook(1, new Date('2026-12-24T02:00:00Z'))
  const people = ({ customers }: typeof book) => customers.map(({ createdAt, updatedAt, ...rest }) => rest)
  expect(people(later)).toEqual(people(book))
  expect(later.customers[0]!.createdAt.getTime()).toBeGreaterThan(book.customers[0]!.createdAt.getTime())
})

test('there are three hundred customers, on mobiles, landlines and abroad', () => {
  const phones = book.customers.map(({ phone }) => phone)
  expect(book.customers).toHaveLength(300)
  expect(new Set(book.customers.map(({ id }) => id)).size).toBe(300)
  for (const phone of phones) expect(phone).toMatch(/^(1[3-9]\d{9}|0\d{2,3}[2-8]\d{7}|\+\d{8,15})$/)
  expect(phones.filter(phone => /^1\d{10}$/.test(phone)).length).toBeGreaterThan(200)
  expect(phones.filter(phone => phone.startsWith('0')).length).toBeGreaterThan(20)
  expect(phones.filter(phone => phone.startsWith('+'))).toHaveLength(foreignNumbers.length)
})

test('families and switchboards share a number', () => {
  const shared = [...Map.groupBy(book.customers, ({ phone }) => phone).values()].filter(group => group.length > 1)
  expect(shared.length).toBeGreaterThan(15)
  expect(shared.some(group => group.every(({ company }) => company !== null))).toBe(true)
  expect(
    shared.some(group => group.every(({ name, company }) => company === null && name[0] === group[0]!.name[0])),
  ).toBe(true)
})

test('owners are agents or nobody, a few must not be called, and names are Chinese', () => {
  const agents = new Set<string | null>([...sandboxAgents.map(({ id }) => id), null])
  expect(new Set(book.customers.map(({ ownerId }) => ownerId))).toEqual(agents)
  const quiet = book.customers.filter(({ doNotCall }) => doNotCall).length
  expect(quiet).toBeGreaterThan(2)
  expect(quiet).toBeLessThan(25)
  expect(book.customers.filter(({ name }) => /^\p{Script=Han}{2,4}$/u.test(name)).length).toBeGreaterThan(290)
})

test('deals belong to customers, have order numbers of their own, and cost less than they bring', () => {
  const customers = new Map(book.customers.map(customer => [customer.id, customer]))
  expect(book.deals.length).toBeGreaterThan(150)
  expect(new Set(book.deals.map(({ orderNo }) => orderNo)).size).toBe(book.deals.length)
  for (const deal of book.deals) {
    expect(deal.orderNo).toMatch(/^SO\d{8}-\d{4}$/)
    expect(deal.amount).toMatch(/^\d+\.\d\d$/)
    expect(Number(deal.cost)).toBeLessThan(Number(deal.amount))
    expect(deal.createdAt.getTime()).toBeGreaterThanOrEqual(customers.get(deal.customerId)!.createdAt.getTime())
    expect(deal.closedAt === null).toBe(deal.stage === 'OPEN')
  }
})

test('some notes carry a pasted number, most do not', () => {
  const pasted = book.followUps.filter(({ note }) => /1[3-9]\d{9}/.test(note)).length
  expect(book.followUps.length).toBeGreaterThan(400)
  expect(pasted).toBeGreaterThan(10)
  expect(pasted).toBeLessThan(book.followUps.length / 6)
  expect(book.followUps.some(({ note }) => /[{}]/.test(note))).toBe(false)
})

test('nothing was written after the moment it is seen at', () => {
  const written = [...book.customers, ...book.deals].map(({ updatedAt }) => updatedAt)
  const done = book.followUps.flatMap(({ createdAt, doneAt }) => [createdAt, ...(doneAt ? [doneAt] : [])])
  for (const at of [...written, ...done]) expect(at.getTime()).toBeLessThan(until.getTime())
})

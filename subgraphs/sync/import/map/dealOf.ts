import type { DealRecord, DealStage } from '../../../crm/index.js'
import { readAmount } from './amount.js'
import type { Cells } from './cells.js'
import { because, type Mapped, rejected, type Surroundings } from './mapped.js'
import { phonesIn } from './phones.js'
import { words } from './words.js'

const LONGEST = { id: 200, orderNo: 100, title: 200 } as const

/** A deal in a row of a list. It needs its order number and whose it is. */
export function dealOf(cells: Cells, surroundings: Surroundings): Mapped<DealRecord> {
  const orderNo = cells.text('orderNo', LONGEST.orderNo)
  const customerId = cells.text('customerId', LONGEST.id)
  const unreadable = cells.problems.length > 0
  if (orderNo === null || unreadable)
    return rejected(...(unreadable ? cells.problems : [because('orderNo', 'MISSING')]))
  const [phone = null] = customerId === null ? phonesIn(cells, ['phone'], surroundings) : []
  if (customerId === null && phone === null)
    return rejected(...(cells.problems.length > 0 ? cells.problems : [because('customerId', 'MISSING')]))
  const stage = cells.word('stage', words.dealStage)
  if (stage === undefined) cells.leave('stage', 'UNKNOWN_WORD')
  const record: DealRecord = {
    orderNo,
    customerId,
    phone,
    title: cells.text('title', LONGEST.title),
    amount: amountIn(cells, 'amount'),
    cost: amountIn(cells, 'cost'),
    currency: currencyIn(cells) ?? surroundings.currency,
    stage: (stage ?? null) as DealStage | null,
    createdAt: cells.time('createdAt'),
    closedAt: cells.time('closedAt'),
  }
  return { record, problems: cells.problems }
}

function amountIn(cells: Cells, field: string): string | null {
  const [text] = cells.all(field)
  if (text === undefined) return null
  return readAmount(text) ?? cells.leave(field, 'NO_AMOUNT')
}

const CURRENCIES: Record<string, string> = {
  人民币: 'CNY',
  RMB: 'CNY',
  元: 'CNY',
  美元: 'USD',
  港币: 'HKD',
  欧元: 'EUR',
}

function currencyIn(cells: Cells): string | null {
  const [text] = cells.all('currency')
  if (text === undefined) return null
  const code = CURRENCIES[text.toUpperCase()] ?? text.toUpperCase()
  return /^[A-Z]{3}$/.test(code) ? code : cells.leave('currency', 'UNKNOWN_WORD')
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { createLog } from './createLog.js'
import type { LogLevel } from './log.js'

function logged(level: LogLevel = 'debug', pretty = false) {
  const lines: string[] = []
  const log = createLog({ level, clock: new TestClock(), pretty, write: line => lines.push(line) })
  return { log, lines, all: () => lines.join('') }
}

test('a line is one JSON object with level, time, fields and text', () => {
  const { log, lines } = logged()
  log.child({ part: 'gateway' }).info({ ms: 12, ids: ['a', 'b'], at: new Date(0), none: null }, 'Answered')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toEqual({
    level: 'info',
    time: '2026-11-23T02:00:00.000Z',
    part: 'gateway',
    ms: 12,
    ids: ['a', 'b'],
    at: '1970-01-01T00:00:00.000Z',
    none: null,
    msg: 'Answered',
  })
})

test('below its level nothing is written', () => {
  const { log, lines } = logged('warn')
  log.debug('a')
  log.info({}, 'b')
  log.warn('c')
  log.error('d')
  expect(lines.map(line => JSON.parse(line).msg)).toEqual(['c', 'd'])
})

test('a person reads time, level, text, fields and the error', () => {
  const { log, all } = logged('info', true)
  log.error({ part: 'sync', err: new Error('no route') }, 'Lost the PBX')
  expect(all()).toMatch(/^02:00:00 .*error.* Lost the PBX part=sync\n {2}no route\n {2}at /)
})

test('errors keep their type, message, code and place, also in lists and as causes', () => {
  const { log, lines } = logged()
  const cause = Object.assign(new TypeError('deep'), { code: 'E_DEEP' })
  log.error(new AggregateError([new RangeError('one')], 'many', { cause }), 'Failed')
  const { err } = JSON.parse(lines[0]!)
  expect(err).toMatchObject({
    type: 'AggregateError',
    message: 'many',
    stack: expect.stringMatching(/createLog\.test/),
    cause: { type: 'TypeError', message: 'deep', code: 'E_DEEP' },
    errors: [{ type: 'RangeError', message: 'one' }],
  })
})

test('things that hold themselves, throw, or have no end do no harm', () => {
  const { log, lines } = logged()
  const circle: Record<string, unknown> = { list: Array.from({ length: 1000 }, (_, i) => i) }
  circle.self = circle
  log.info(
    { circle, long: 'x'.repeat(10_000), f: () => 1, s: Symbol('s'), big: 1n, invalid: new Date(Number.NaN) },
    'ok',
  )
  expect(lines[0]!.length).toBeLessThan(4_000)
  expect(JSON.parse(lines[0]!)).toMatchObject({ circle: { self: '[…]' }, big: '1', invalid: 'Invalid Date' })
})

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const mobile = fc.tuple(fc.constantFrom('13', '15', '17', '18', '19'), digits(9)).map(parts => parts.join(''))
const email = fc
  .tuple(fc.stringMatching(/^[a-z]{6,12}$/), fc.stringMatching(/^[a-z]{5,9}$/))
  .map(([a, b]) => `${a}@${b}.com`)
const name = fc.stringMatching(/^[\u4e00-\u9fa5]{3,4}$/)
const secret = fc.stringMatching(/^[A-Za-z0-9]{24}$/)
const keyOf = fc.constantFrom(
  ...['phone', 'customerPhone', 'caller_number', 'email', 'name', 'fullName', 'note', 'internalNote', 'text'],
  ...[
    'authorization',
    'password',
    'clientSecret',
    'accessToken',
    'cookie',
    'set-cookie',
    'body',
    'payload',
    'variables',
    'from',
    'to',
  ],
)

test('nothing under a personal or secret name is written, however deep it lies and whatever it is', () => {
  const value = fc.oneof(name, secret, mobile, email)
  const wrap = fc.constantFrom<(field: object) => object>(
    field => field,
    field => ({ a: { b: [{ c: field }] } }),
    field => ({ list: new Set([field]) }),
    field => ({ map: new Map([['entry', field]]) }),
    field => Object.assign(Object.create({}), { inner: field }),
  )
  fc.assert(
    fc.property(keyOf, value, wrap, (key, personal, around) => {
      const { log, all } = logged()
      for (const held of [personal, [personal], { inner: personal }, Buffer.from(personal), new String(personal)]) {
        log.info(around({ [key]: held }), 'x')
        log.child(around({ [key]: held })).info('x')
      }
      expect(all()).not.toContain(personal)
    }),
  )
})

test('numbers and addresses are written nowhere: in texts, fields, keys, errors, their causes, numbers, and classes', () => {
  class Disguised {
    constructor(readonly inside: string) {}
    toJSON() {
      return this.inside
    }
  }
  fc.assert(
    fc.property(fc.oneof(mobile, email), personal => {
      const { log, all } = logged()
      const sentence = `Customer ${personal} rang`
      log.info(sentence)
      log.info({}, sentence)
      log.warn({ reason: sentence, list: [sentence], [personal]: 1, number: Number(personal), big: personal }, sentence)
      log.warn({ count: Number(personal) || 0, disguised: new Disguised(personal) }, 'x')
      log.error(new Error(sentence, { cause: new Error(sentence) }), sentence)
      log.error({ reason: new AggregateError([new Error(sentence)], sentence) }, 'x')
      log.child({ reason: sentence }).error('x')
      expect(all()).not.toContain(personal)
    }),
  )
})

test('the ids that lines are found by stay whole, whatever digits they hold', () => {
  fc.assert(
    fc.property(fc.uuid({ version: [4, 7] }), id => {
      fc.pre(/[a-f]/.test(id))
      const { log, lines } = logged()
      log.error({ id, ids: [id], reason: `Customer ${id}, call ${id}` }, `It stands in the log as ${id}.`)
      expect(JSON.parse(lines[0]!)).toMatchObject({
        id,
        ids: [id],
        reason: `Customer ${id}, call ${id}`,
        msg: `It stands in the log as ${id}.`,
      })
    }),
  )
})

test('credentials are written nowhere', () => {
  fc.assert(
    fc.property(secret, personal => {
      const { log, all } = logged()
      log.info(`at postgresql://hub_app:${personal}@db:5432/hub`)
      log.info({ reason: `authorization: Bearer ${personal}` }, 'x')
      log.error(new Error(`eyJ${personal}.${personal}.${personal}`), 'x')
      expect(all()).not.toContain(personal)
    }),
  )
})

test('a database error tells code and constraint, but no statement and no value', () => {
  const { log, all } = logged()
  const message = `insert into "crm"."customer" ("name") values ('王小明')\n - duplicate key value (王小明) violates "customer_name"`
  const driver = Object.assign(new Error(message), {
    code: '23505',
    constraint: 'customer_name',
    detail: 'Key (name)=(王小明)',
  })
  log.error(Object.assign(driver, { cause: new Error('王小明') }), 'Not stored')
  expect(all()).not.toContain('王小明')
  expect(all()).toContain('23505')
  expect(all()).toContain('customer_name')
})

test('a database error about the schema or the server keeps what it says', () => {
  const { log, all } = logged()
  log.error(Object.assign(new Error('select 1\n - relation "crm.deal" does not exist'), { code: '42P01' }), 'x')
  expect(all()).toContain('relation \\"crm.deal\\" does not exist')
  expect(all()).not.toContain('select 1')
})

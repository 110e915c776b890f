import { expect, it } from 'vitest'
import { ManualTime, Store, until } from '../../test/telephony/surroundings.js'
import { Backlog } from './backlog.js'

const moment = (second: number) => new Date(Date.UTC(2026, 10, 23, 2, 0, second))
const delivery = (key: string) => ({ key, payload: Buffer.from(key) })

it('B14: nothing is complete before everything that came until then is stored', async () => {
  const store = new Store()
  const time = new ManualTime()
  const backlog = new Backlog(store, time, () => undefined)
  backlog.arrived(moment(1))
  expect(store.completeUntil).toEqual(moment(1))

  store.refuses = true
  backlog.push(delivery('a'))
  backlog.arrived(moment(2))
  await until(() => time.next === 500)
  backlog.push(delivery('b'))
  backlog.arrived(moment(3))
  expect(store.completeUntil).toEqual(moment(1))

  store.refuses = false
  time.pass(500)
  await until(() => store.kept.length === 2)
  await backlog.stop()
  expect(store.completeUntil).toEqual(moment(3))
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { startHub } from '../kit/startHub.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribution-'))
})
afterAll(() => rm(folder, { recursive: true }))

const written = async (text: string) => {
  const file = join(folder, 'table.csv')
  await writeFile(file, text)
  return file
}

describe('A5: HUB_ATTRIBUTION', () => {
  it('tells where the numbers of customers and of calls are from', async () => {
    const hub = await startHub({ env: { HUB_ATTRIBUTION: await written('1991234,江苏省,南京市,电信\n') } })
    const [id] = await givenCustomers(hub, { phone: '19912345678' })
    await hub.happen({ callId: 'c', type: 'call.started', legId: 'a', direction: 'inbound', from: '19912340000' })
    const seen = await hub
      .as('admin')
      .query(
        `query($id: ID!) { customer(id: $id) { phone { region carrier } } calls { nodes { customerPhone { region carrier } } } }`,
        { id },
      )
    const nanjing = { region: '江苏 南京', carrier: '中国电信' }
    expect(seen).toEqual({ customer: { phone: nanjing }, calls: { nodes: [{ customerPhone: nanjing }] } })
  })

  it('that does not fit stops the start', async () => {
    const HUB_ATTRIBUTION = await written('199,江苏,南京,\n19,江苏,,\n')
    await expect(startHub({ env: { HUB_ATTRIBUTION } })).rejects.toThrow(/line 2: its prefix must be 3 to 7 digits/)
  })
})

import { describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { startHub } from '../kit/startHub.js'
import { importing } from './importing.js'

const hub = await startHub()
const list = await importing(hub)

const DEALS = ['--system', 'sandbox-crm', '--type', 'deals']
const dealsOf = async (person: string) =>
  (
    await hub
      .as(person)
      .query(
        '{ deals(first: 100) { nodes { orderNo title stage closedAt amount { amount currency } customer { id } } } }',
      )
  ).deals.nodes as Record<string, any>[]

describe('A7: a list of deals', () => {
  it('belongs to customers by their id there, or by a number that one customer has, and to their owners', async () => {
    const customers = await list.file('c.csv', 'id,name,phone,owner\nc-1,甲,13722220001,agent-north-1\n')
    expect(await list.run(customers, '--system', 'sandbox-crm', '--type', 'customers')).toMatchObject({ code: 0 })
    await givenCustomers(hub, { phone: '13722220002', ownerId: 'agent-south-1' })
    await givenCustomers(hub, { phone: '13722220003' }, { phone: '13722220003' })
    const path = await list.file(
      'deals.csv',
      [
        '订单号,客户编号,手机,产品,金额,币种,阶段,下单时间,成交日期',
        'D-1,c-1,,年度服务,"￥1,288.00",,已成交,2026-01-02,2026-02-03',
        'D-2,,13722220002,耗材,1.5万元,人民币,,2026-01-02,',
        'D-3,,13722220003,,1,,,,',
        'D-4,c-9,,,1,,,,',
        'D-5,,13722229999,,1,,,,',
        ',c-1,,,1,,,,',
        'D-7,c-1,,,viel,USD,进行中,,',
        'D-1,c-1,,,5,,,,',
      ].join('\n'),
    )
    const { code, said } = await list.run(path, ...DEALS)
    expect(code).toBe(2)
    expect(said).toMatch(/8 rows read[\s\S]*3 created[\s\S]*1 known before[\s\S]*4 rejected/)
    expect(said).toContain('1 × phone belongs to several customers: give the id')
    expect(said).toContain('1 × customerId belongs to no customer: import the customers first')
    expect(said).toContain('1 × orderNo is missing')
    expect(said).toContain('1 × amount is no amount')
    expect(await dealsOf('agent-north-1')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          orderNo: 'D-1',
          title: '年度服务',
          stage: 'WON',
          closedAt: '2026-02-02T16:00:00.000Z',
          amount: { amount: '1288.00', currency: 'CNY' },
        }),
        expect.objectContaining({ orderNo: 'D-7', stage: 'OPEN', amount: null }),
      ]),
    )
    expect(await dealsOf('agent-south-1')).toMatchObject([
      { orderNo: 'D-2', stage: 'OPEN', amount: { amount: '15000.00', currency: 'CNY' } },
    ])
    const again = await list.run(path, ...DEALS)
    expect(again.said).toMatch(/0 created[\s\S]*4 known before[\s\S]*4 rejected/)
  })
})

import { readFile, stat } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { startHub, type TestHub } from '../kit/startHub.js'
import { type Importing, importing } from './importing.js'

let hub: TestHub
let list: Importing

beforeAll(async () => {
  hub = await startHub()
  list = await importing(hub)
})

const CUSTOMERS = ['--system', 'sandbox-crm', '--type', 'customers']
const FOUND = `query($number: String!) { customersByPhone(number: $number) {
  id name company stage stageLabel source tags doNotCall owner { id } team { id } createdAt
  phone { masked region } otherPhones { masked } email { masked } externalIds { system id }
  followUps { nodes { note channel } } } }`
const byNumber = async (number: string, person = 'admin') =>
  (await hub.as(person).query(FOUND, { number })).customersByPhone

describe('G2: a list of customers', () => {
  it('is imported with its values cleaned, owners found by name, and what cannot be read left out and counted', async () => {
    const path = await list.file(
      'customers.csv',
      [
        '客户编号,姓名,手机号,备用电话,邮箱,公司,客户来源,标签,负责人,阶段,免打扰,备注,创建时间,微信号',
        'k-1,张三(老客户),+86 137 0001 0001,010-88880001/13700010002,zhang@example,某某公司,展会,"VIP,老客户",王磊,有意向,否,爱喝茶,2026-01-02 08:00:00,wx1',
        'k-2,李总,0086-13700010003,,li@example.com,,,,nobody,某阶段,是,,0000-00-00,wx2',
        'k-3,,,,,,,,,,,,,wx3',
      ].join('\n'),
    )
    const { code, said } = await list.run(path, ...CUSTOMERS)
    expect(said).toContain('3 rows read')
    expect(said).toContain('2 created')
    expect(said).toContain('1 rejected')
    expect(said).toContain('1 × name is missing')
    expect(said).toContain('1 × email is no e-mail address')
    expect(said).toContain('1 × owner is nobody the hub knows')
    expect(said).toContain('Columns that are not understood, left out: 微信号')
    expect(code).toBe(2)
    expect(await byNumber('13700010002')).toMatchObject([
      {
        name: '张三',
        company: '某某公司',
        stage: 'QUALIFIED',
        stageLabel: '有意向',
        source: '展会',
        tags: ['VIP', '老客户'],
        doNotCall: false,
        owner: { id: 'agent-north-1' },
        team: { id: 'north' },
        createdAt: '2026-01-02T00:00:00.000Z',
        phone: { masked: '137****0001' },
        otherPhones: [{ masked: '010****0001' }, { masked: '137****0002' }],
        email: null,
        externalIds: [{ system: 'sandbox-crm', id: 'k-1' }],
        followUps: { nodes: [{ note: '爱喝茶', channel: 'OTHER' }] },
      },
    ])
    expect(await byNumber('13700010003')).toMatchObject([
      {
        name: '李',
        stage: 'LEAD',
        stageLabel: '某阶段',
        doNotCall: true,
        owner: null,
        email: { masked: '***@example.com' },
      },
    ])
  })

  it('leaves a file of the rows that were rejected, which only its owner may read, and which can be mended and imported', async () => {
    const path = await list.file(
      'mend.csv',
      '﻿编号,姓名,手机\r\nm-1,甲,"1370002,0001"\r\n,乙,没有这个号\r\nm-3,丙,13700020003,多\r\n',
    )
    const first = await list.run(path, ...CUSTOMERS)
    expect(first.code).toBe(2)
    const rejects = `${list.folder}/mend.rejects.csv`
    expect(first.said).toContain(rejects)
    expect((await stat(rejects)).mode & 0o777).toBe(0o600)
    expect(await readFile(rejects, 'utf8')).toBe(
      '﻿import_row,import_error,编号,姓名,手机\r\n3,phone is no phone number,,乙,没有这个号\r\n4,the row has more or fewer columns than the first one,m-3,丙,13700020003,多\r\n',
    )
    const mended = (await readFile(rejects, 'utf8')).replace('没有这个号', '13700020002').replace(',多', '')
    const again = await list.file('mended.csv', mended)
    const second = await list.run(again, ...CUSTOMERS)
    expect([second.code, second.said]).toEqual([0, expect.stringContaining('2 created')])
    expect(second.said).not.toContain('not understood')
    expect(await byNumber('13700020002')).toMatchObject([{ name: '乙' }])
  })
})

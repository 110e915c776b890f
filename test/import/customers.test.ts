import { readFile, stat } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { startHub } from '../kit/startHub.js'
import { importing } from './importing.js'

const hub = await startHub()
const list = await importing(hub)

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

  it('links whom one mobile tells, adds the numbers they did not have, and overwrites nothing', async () => {
    const [zhao] = await givenCustomers(hub, {
      name: '赵一',
      phone: '13700030001',
      ownerId: 'agent-south-1',
      source: '官网',
    })
    await givenCustomers(hub, { phone: '13700030003' }, { phone: '13700030003' })
    const path = await list.file(
      'link.csv',
      'id,name,phone,other_phones,owner,source\nl-1,赵壹,0086 13700030001,13700030002,agent-north-1,展会\nl-2,某人,13700030003,,,\nl-3,他人,13700030001,,,\n',
    )
    const { said } = await list.run(path, ...CUSTOMERS)
    expect(said).toMatch(/2 created\s+1 linked/)
    expect(said).toContain('2 of those created share a number with somebody: not merged.')
    expect(await byNumber('13700030002')).toMatchObject([
      {
        id: zhao,
        name: '赵一',
        source: '官网',
        owner: { id: 'agent-south-1' },
        otherPhones: [{ masked: '137****0002' }],
        externalIds: [{ system: expect.stringMatching(/^crm-/) }, { system: 'sandbox-crm', id: 'l-1' }],
      },
    ])
    expect(await byNumber('13700030001')).toHaveLength(2)
    expect(await byNumber('13700030003')).toHaveLength(3)
    expect((await list.run(path, ...CUSTOMERS)).said).toMatch(/0 created\s+0 linked[\s\S]*3 known before/)
  })

  it('without ids is known by its mobiles, and a number that several have tells nobody', async () => {
    await givenCustomers(hub, { phone: '13700040001' }, { phone: '13700040001' })
    const text = '姓名,电话\n甲,13700040002\n乙,137 0004 0002\n丙,13700040001\n丁,010-88880002\n戊,138****0002\n'
    const path = await list.file('noIds.csv', text)
    const { code, said } = await list.run(path, ...CUSTOMERS)
    expect([code, said]).toEqual([
      2,
      expect.stringMatching(/1 created\s+0 linked[\s\S]*1 known before[\s\S]*3 rejected/),
    ])
    expect(said).toContain('1 × id belongs to several customers: give the id')
    expect(said).toContain('2 × id is missing')
    expect(await byNumber('13700040002')).toMatchObject([{ name: '甲', externalIds: [] }])
  })

  it('keeps a masked number masked: it tells nobody apart', async () => {
    const path = await list.file('masked.csv', 'id,name,phone\ns-1,甲,138****4444\ns-2,乙,138****4444\n')
    expect(await list.run(path, ...CUSTOMERS)).toMatchObject({ code: 0, said: expect.stringContaining('2 created') })
    const { customers } = await hub
      .as('admin')
      .query('{ customers(filter: { phoneEndsWith: "4444" }) { nodes { phone { masked kind region } } } }')
    expect(customers.nodes).toEqual(
      [1, 2].map(() => ({ phone: { masked: '138****4444', kind: 'UNKNOWN', region: null } })),
    )
  })

  it('is read by agents as all customers are: their own, masked', async () => {
    const path = await list.file(
      'own.csv',
      'id,name,phone,owner\no-1,孙甲,13700050001,agent-north-1\no-2,孙乙,13700050002,agent-south-1\n',
    )
    await list.run(path, ...CUSTOMERS)
    const { customers } = await hub
      .as('agent-north-1')
      .query('{ customers(filter: { nameContains: "孙" }) { nodes { name phone { masked reveal } } } }')
    expect(customers.nodes).toEqual([{ name: '孙甲', phone: { masked: '137****0001', reveal: 'REQUESTABLE' } }])
  })

  it('is told of in the language of the hub', async () => {
    const path = await list.file('zh.csv', '姓名,邮箱,手机\n甲,x,13700060001\n乙,,\n')
    const { said } = await list.runWith({ lang: 'zh-CN' }, path, ...CUSTOMERS)
    expect(said).toMatch(/读取 2 行[\s\S]*新建 1[\s\S]*拒绝 1[\s\S]*客户编号缺失[\s\S]*邮箱不是邮箱地址/)
    expect(await readFile(`${list.folder}/zh.rejects.csv`, 'utf8')).toContain('3,客户编号缺失,乙,,')
  })
})

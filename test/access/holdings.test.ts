import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { giveHoldings } from '../../subgraphs/access/holding/giveHoldings.js'
import { Holding } from '../../subgraphs/access/holding/holding.entity.js'
import { startAccess } from './accessHub.js'

const hub = await startAccess()
const { kernel, clock, ports } = hub
const holderOf = async (extension: string, at: Date) =>
  (await ports.desk.agentsAt(kernel.systemEm(), [extension], at)).get(extension)?.id ?? null

describe('P1: extensions and queues', () => {
  it('belong for the past as well to those whom the configuration names first', async () => {
    const past = new Date('2020-01-01')
    const agents = await ports.desk.agentsAt(kernel.systemEm(), ['1001', '2001', '9999'], past)
    expect([...agents]).toEqual([
      ['1001', { id: 'agent-north-1', teamId: 'north' }],
      ['2001', { id: 'agent-south-1', teamId: 'south' }],
    ])
    expect(await ports.desk.teamOfQueue(kernel.systemEm(), 'sales', past)).toBe('north')
    expect(await ports.desk.teamOfQueue(kernel.systemEm(), 'nothing', past)).toBeNull()
  })

  it('stay credited to who had them then', async () => {
    const before = clock.now()
    clock.advance({ minutes: 10 })
    const moved = clock.now()
    await kernel.transact(kernel.systemEm(), change =>
      giveHoldings(clock, change, { kind: 'EXTENSION', wanted: new Map([['1002', 'agent-north-1']]) }),
    )
    expect(await holderOf('1002', before)).toBe('agent-north-2')
    expect(await holderOf('1002', new Date(moved.getTime() - 1))).toBe('agent-north-2')
    expect(await holderOf('1002', moved)).toBe('agent-north-1')
  })

  it('cannot have two holders at one moment, whoever writes them', async () => {
    const overlap = kernel.transact(kernel.systemEm(), async ({ em }) => {
      const id = '00000000-0000-7000-8000-000000000001'
      em.create(Holding, {
        id,
        kind: 'EXTENSION',
        name: '1001',
        holderId: 'agent-south-1',
        startsAt: new Date('2021-01-01'),
        endsAt: new Date('2021-01-02'),
      })
    })
    await expect(overlap).rejects.toThrow(/holding_alone/)
  })

  it('never overlap and always say the last holder, whatever changes hands and when', async () => {
    const step = fc.record({
      names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
      holder: fc.constantFrom('agent-north-1', 'agent-north-2', 'agent-south-1', null),
      seconds: fc.constantFrom(0, 0, 1, 60),
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async steps => {
        const prefix = `run${run++}-`
        const last = new Map<string, string | null>()
        for (const { names, holder, seconds } of steps) {
          clock.advance({ seconds })
          const wanted = new Map(names.map(name => [prefix + name, holder]))
          await kernel.transact(kernel.systemEm(), change => giveHoldings(clock, change, { kind: 'EXTENSION', wanted }))
          for (const [name, id] of wanted) last.set(name, id)
        }
        for (const [name, holder] of last) expect(await holderOf(name, clock.now())).toBe(holder)
        const held = await kernel
          .systemEm()
          .find(Holding, { name: { $in: [...last.keys()] } }, { orderBy: { name: 'asc', startsAt: 'asc' } })
        held.forEach((one, i) => {
          const next = held[i + 1]
          if (next?.name === one.name) expect(one.endsAt!.getTime()).toBeLessThanOrEqual(next.startsAt.getTime())
        })
      }),
      { numRuns: 25 },
    )
  })
})

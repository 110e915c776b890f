import { beforeAll, describe, expect, it } from 'vitest'
import { CreateCustomerDocument, CustomersByPhoneDocument } from '../../schema/operations/generated/graphql.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startHub({ limits: { requests: { burst: 1e6, perSecond: 1e6 } } })
  const owners = ['agent-north-1', 'agent-south-1']
  await givenCustomers(hub, ...owners.map(ownerId => ({ phone: KNOWN, ownerId })))
})

const KNOWN = '13800000150'
const numbers = Array.from({ length: 60 }, (_, i) => `1380000${String(i).padStart(4, '0')}`)
const codes = (answers: { errors?: { extensions?: { code?: string } }[] }[]) =>
  answers.map(({ errors }) => errors?.[0]?.extensions?.code ?? 'ANSWERED')

describe('C4: many questions about numbers at once', () => {
  it('learn no more in one operation: each is answered in turn, and none once too many were in vain', async () => {
    for (const number of numbers.slice(30, 40)) await hub.as('agent-north-1').run(CustomersByPhoneDocument, { number })
    const asked = numbers.slice(0, 12).map((number, i) => `a${i}: customersByPhone(number: "${number}") { id }`)
    const { data, errors } = await hub
      .as('agent-north-1')
      .ask(`{ ${asked.join(' ')} known: customersByPhone(number: "${KNOWN}") { id } }`)
    expect(Object.values(data).filter(found => found !== null)).toEqual(Array.from({ length: 10 }, () => []))
    expect(data.known).toBeNull()
    expect(new Set(codes([{ errors }]))).toEqual(new Set(['RATE_LIMITED']))
  })

  it('learn no more in many requests at once', async () => {
    const agent = hub.as('agent-south-1')
    const answers = await Promise.all(numbers.map(number => agent.try(CustomersByPhoneDocument, { number })))
    const told = codes(answers)
    expect(told.filter((code, i) => code === 'ANSWERED' && numbers[i] !== KNOWN)).toHaveLength(20)
    const { errors } = await agent.try(CustomersByPhoneDocument, { number: KNOWN })
    expect(codes([{ errors }])).toEqual(['RATE_LIMITED'])
  })

  it('learn no more by making customers', async () => {
    const input = { name: '某人', phone: KNOWN }
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => hub.as('agent-south-2').try(CreateCustomerDocument, { input })),
    )
    expect(codes(answers).filter(code => code === 'ALREADY_OWNED')).toHaveLength(20)
    expect(codes(answers).filter(code => code === 'RATE_LIMITED')).toHaveLength(20)
  })

  it.each(['a\u0000', 'a\u001b[2J', 'a\u0085'])('learn nothing by a tag that cannot be stored: %j', async tag => {
    for (const phone of [KNOWN, '13800009999']) {
      const { errors } = await hub
        .as('agent-north-2')
        .try(CreateCustomerDocument, { input: { name: '某人', phone, tags: [tag] } })
      expect(errors![0]!.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'input.tags' })
    }
  })

  it('wait for no connection that others of them hold', async () => {
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        hub
          .as('supervisor-north')
          .try(CreateCustomerDocument, { input: { name: '某人', phone: `1370000${1000 + i}` } }),
      ),
    )
    expect(new Set(codes(made))).toEqual(new Set(['ANSWERED']))
  })
})

import { createClient } from 'graphql-sse'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startToyGateway, type ToyGateway, tokenOf } from './startToyGateway.js'

describe('By server-sent events', () => {
  let hub: ToyGateway
  beforeEach(async () => {
    hub = await startToyGateway({ limits: { socketsPerPerson: 2 } })
  })
  afterEach(() => hub.gateway.stop())

  const client = (person = 'li') =>
    createClient({
      url: `${hub.url}/graphql`,
      headers: { authorization: `Bearer ${tokenOf(person)}` },
      retryAttempts: 0,
    })

  it('a client of the protocol gets events of a subscription, and its end', async () => {
    const events = client().iterate({ query: 'subscription { bookChanged { title reviews(first: 1) { stars } } }' })
    const first = events.next()
    await hub.controls.changes.heard(1)
    hub.controls.changes.push({ id: '1' })
    expect((await first).value).toEqual({
      data: { bookChanged: { title: 'Dream of the Red Chamber', reviews: [{ stars: 1 }] } },
    })
    expect(hub.controls.callers.at(-1)?.via).toBe('SSE')
    await events.return?.()
    await hub.controls.changes.heard(0)
  })

  it('queries are answered too, errors included', async () => {
    const answers = []
    for await (const answer of client().iterate({ query: '{ whoAmI nothing }' })) answers.push(answer)
    for await (const answer of client().iterate({ query: '{ whoAmI }' })) answers.push(answer)
    expect(answers).toEqual([
      { errors: [expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } })] },
      { data: { whoAmI: 'li' } },
    ])
  })

  it('a browser may ask by GET, but not for changes', async () => {
    const get = (query: string) =>
      fetch(`${hub.url}/graphql?${new URLSearchParams({ query })}`, {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${tokenOf()}` },
      })
    expect(await (await get('{ whoAmI }')).text()).toBe(
      'event: next\ndata: {"data":{"whoAmI":"li"}}\n\nevent: complete\ndata:\n\n',
    )
    expect(await (await get('mutation { rename(id: "1", title: "x") { id } }')).text()).toContain('POST')
  })

  it('streams of a person are limited', async () => {
    const open = [client(), client()].map(one => one.iterate({ query: 'subscription { bookChanged { id } }' }))
    const waiting = open.map(events => events.next())
    await hub.controls.changes.heard(2)
    const third = await hub.post({ query: 'subscription { bookChanged { id } }' }, { accept: 'text/event-stream' })
    expect(third).toMatchObject({ status: 429, body: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] } })
    for (const events of open) await events.return?.()
    await Promise.allSettled(waiting)
    await hub.controls.changes.heard(0)
  })

  it('the token ends the stream', async () => {
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      body: '{"query":"subscription { bookChanged { id } }"}',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${tokenOf('li', 60)}`,
      },
    })
    await hub.controls.changes.heard(1)
    hub.clock.advance({ seconds: 61 })
    hub.gateway.runDue()
    expect(await answer.text()).toBe('event: complete\ndata:\n\n')
    await hub.controls.changes.heard(0)
  })

  it('what is asked by GET is so marked, for what must not be read that way', async () => {
    await fetch(`${hub.url}/graphql?query={whoAmI}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${tokenOf()}` },
    })
    expect(hub.controls.callers.at(-1)?.via).toBe('GET')
  })

  it('who was suspended gets no further event', async () => {
    const events = client().iterate({ query: 'subscription { bookChanged { id } }' })
    const first = events.next()
    await hub.controls.changes.heard(1)
    hub.controls.suspended = true
    hub.controls.changes.push({ id: '1' })
    expect((await first).value).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect((await events.next()).done).toBe(true)
  })
})

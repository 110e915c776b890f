import { describe, expect, it } from 'vitest'
import { endOfGrant } from './grantPeriod.js'

const opened = new Date('2026-11-23T02:00:00Z')

describe('C6: the automatic grant of a call', () => {
  it('ends 30 minutes after hang-up', () => {
    expect(endOfGrant(opened, new Date('2026-11-23T02:10:00Z'))).toEqual(new Date('2026-11-23T02:40:00Z'))
  })

  it('ends 12 hours after it began while the call lives, and never later', () => {
    expect(endOfGrant(opened, null)).toEqual(new Date('2026-11-23T14:00:00Z'))
    expect(endOfGrant(opened, new Date('2026-11-23T13:45:00Z'))).toEqual(new Date('2026-11-23T14:00:00Z'))
  })

  it('is over at once when the call ended long before', () => {
    expect(endOfGrant(opened, new Date('2026-11-23T01:00:00Z')).getTime()).toBeLessThan(opened.getTime())
  })
})

import { describe, expect, it } from 'vitest'
import type { CallFact } from '../../../../kernel/ports/index.js'
import type { Telling } from '../line.js'
import { inWords } from './inWords.js'
import type { Names } from './names.js'

const names: Names = {
  number: () => '138****5678',
  who: extension => (extension === '1001' ? '李 (1001)' : null),
  person: id => (id === 'li' ? '李' : null),
  line: () => null,
  time: () => '10:00:02',
}
const fact: CallFact = { key: 'k', callId: 'c', at: '2026-11-23T02:00:02.000Z', kind: 'RINGING', extension: '1001' }
const heard = (more: Partial<CallFact>, rest: Partial<Extract<Telling, { stage: 'HEARD' }>> = {}): Telling => ({
  stage: 'HEARD',
  fact: { ...fact, ...more },
  lateSeconds: 1,
  again: false,
  changed: [],
  ...rest,
})
const both = (telling: Telling) => [inWords('en', telling, names), inWords('zh-CN', telling, names)]

describe('D6: the life of a call in words', () => {
  it('says what was said and what it changed', () => {
    const changed = [
      { what: 'status', from: 'DIALING', to: 'RINGING' },
      { what: 'agentExtension', from: null, to: '1002' },
      { what: 'ringingAt', from: null, to: fact.at },
      { what: 'legs', from: 'a', to: 'b' },
    ] as const
    expect(both(heard({}, { changed }))).toEqual([
      'The phone of 李 (1001) rings. Changed: state being set up → ringing; agent a colleague; rang at 10:00:02; its legs.',
      '李 (1001)的话机振铃。变化：状态 呼叫建立中 → 振铃；坐席 同事；振铃于 10:00:02；各条线路。',
    ])
  })

  it('says what was late, ahead, heard again, or of no effect', () => {
    expect(both(heard({ kind: 'HELD' }, { lateSeconds: 720 }))).toEqual([
      'It was put on hold. The hub heard of it 12 minutes later. It changed nothing.',
      '通话保持。系统晚了 12 分钟才得知。没有改变任何内容。',
    ])
    expect(both(heard({ kind: 'RESUMED' }, { lateSeconds: -60, again: true }))).toEqual([
      "It was taken off hold. By the hub's clock it is still to come in 60 seconds: the clock of the phone system is ahead. Heard again; it changed nothing.",
      '恢复通话。按系统时钟这还要 60 秒才发生：电话系统的时钟偏快。重复消息，没有改变任何内容。',
    ])
  })

  it('shows numbers masked, and lines and people only where the viewer may know', () => {
    const began: Partial<CallFact> = { kind: 'LEG_STARTED', direction: 'INBOUND', from: '13812345678', line: 'trunk' }
    expect(both(heard({ ...began, extension: undefined }))).toEqual([
      'An inbound leg began from 138****5678. It changed nothing.',
      '开始一条呼入线路，主叫 138****5678。没有改变任何内容。',
    ])
    const opened: Telling = { stage: 'SCREEN', personId: 'wang', customers: 1, until: new Date(fact.at) }
    expect(both(opened)).toEqual([
      'It opened the customer to somebody until 10:00:02.',
      '向某人开放该客户，至 10:00:02。',
    ])
  })

  it('has words for what people do to calls', () => {
    for (const action of ['Call.placed', 'Call.notPlaced', 'Call.hungUp', 'Call.refused']) {
      const [en, zh] = both({ stage: 'AUDIT', action, actorId: 'wang', fields: [] })
      expect(`${en}${zh}`).not.toContain('Call.')
    }
  })

  it('has words for every kind of fact in both languages', () => {
    const kinds: CallFact['kind'][] = [
      'LEG_STARTED',
      'QUEUED',
      'DIALING',
      'RINGING',
      'ANSWERED',
      'CONNECTED',
      'HELD',
      'RESUMED',
      'TRANSFERRED',
      'LEG_ENDED',
      'ENDED',
      'SUMMARY',
      'RECORDING',
      'CONSENT',
      'FEEDBACK',
    ]
    for (const kind of kinds) {
      for (const extension of ['1001', undefined]) {
        const [en, zh] = both(heard({ kind, extension, legId: 'a' }))
        expect(en).toMatch(/^[A-Z][^.]+\. It changed nothing\.$/)
        expect(zh).toMatch(/\p{Script=Han}.*。没有改变任何内容。$/u)
        expect(`${en}${zh}`).not.toMatch(/undefined|null/)
      }
    }
  })
})

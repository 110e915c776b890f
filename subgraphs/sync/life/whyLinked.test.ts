import { expect, it } from 'vitest'
import { CallDirection } from '../../call/index.js'
import { type Linkable, whyLinked } from './whyLinked.js'

const waiting: Linkable = {
  direction: CallDirection.INBOUND,
  phoneMasked: '138****5678',
  phoneIndex: 'index',
  customerId: null,
  linkedBy: null,
  candidateIds: [],
}

it.each([
  ['one customer has the number', { customerId: 'a', linkedBy: 'NUMBER' }, false, { kind: 'NUMBER' }],
  ['the number was learnt later', { customerId: 'a', linkedBy: 'NUMBER' }, true, { kind: 'LEARNT' }],
  ['a person chose', { customerId: 'a', linkedBy: 'PERSON' }, false, { kind: 'PERSON' }],
  ['several have it', { candidateIds: ['a', 'b'] }, false, { kind: 'SEVERAL', candidates: 2 }],
  ['nobody has it', {}, false, { kind: 'NOBODY' }],
  ['no number was told', { phoneMasked: null, phoneIndex: null }, false, { kind: 'NO_NUMBER' }],
  ['what was told is none', { phoneMasked: '****', phoneIndex: null }, false, { kind: 'NOT_A_NUMBER' }],
  ['it is between colleagues', { direction: CallDirection.INTERNAL }, false, { kind: 'INTERNAL' }],
] as const)('a call is linked or not because %s', (_why, more, learnt, found) => {
  expect(whyLinked({ ...waiting, ...more } as Linkable, learnt)).toEqual(found)
})

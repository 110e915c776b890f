import { expect, it } from 'vitest'
import { chooseSystem } from './chooseSystem.js'

const able = ['pbx-1', 'pbx-2', 'pbx-3']

it('C8: a call is placed by the system of the call that is rung back, else of the latest call, else by the first', () => {
  expect(chooseSystem(able, { rungBack: 'pbx-3', latest: 'pbx-2' })).toBe('pbx-3')
  expect(chooseSystem(able, { rungBack: null, latest: 'pbx-2' })).toBe('pbx-2')
  expect(chooseSystem(able, { rungBack: null, latest: null })).toBe('pbx-1')
})

it('and never by one that cannot', () => {
  expect(chooseSystem(able, { rungBack: 'crm', latest: 'old-pbx' })).toBe('pbx-1')
  expect(chooseSystem([], { rungBack: 'pbx-1', latest: 'pbx-1' })).toBeNull()
})

import { expect, test } from 'vitest'
import { fillSecrets } from '../../kernel/config/fillSecrets.js'
import { plainSurvey } from './plainSurvey.js'

test('what a system says of itself neither steers a terminal nor asks the configuration for a secret', () => {
  const said = (text: string) => ({
    product: text,
    trunks: [text],
    extensions: [{ number: text, name: text }, { number: '1002' }],
    queues: [{ name: text, members: [text] }],
  })
  const plain = plainSurvey(said(`\u001b]0;x\u0007Wang\r\n$\${PBX_SECRET}\${HOME}`))
  expect(plain).toEqual(said('\ufffd]0;x\ufffdWang {PBX_SECRET}{HOME}'))
  expect(fillSecrets(plain, { PBX_SECRET: 'sesame', HOME: '/root' })).toEqual({ value: plain, problems: [] })
  expect(plainSurvey(said('王小明 $5 {a}'))).toEqual(said('王小明 $5 {a}'))
})

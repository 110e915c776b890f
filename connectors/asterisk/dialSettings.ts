import { z } from 'zod'

const line = (message: string) => z.string(message).regex(/^[^\r\n\0]*$/, message)
const dialled = (message: string) => z.string(message).regex(/^[\d*#]{0,10}$/, message)

/** How calls are placed. */
export const dialSettings = z.strictObject({
  /** The agent's phone; `{extension}` stands for its number. */
  channel: line('must be a channel such as PJSIP/{extension}')
    .regex(/^[A-Za-z0-9_]+\/.*\{extension\}/, 'must be a channel such as PJSIP/{extension}')
    .default('PJSIP/{extension}'),
  /** Context of the dial plan that dials the number. */
  context: z
    .string('must be a context of the dial plan')
    .regex(/^[\w-]+$/, 'must be a context of the dial plan')
    .default('from-internal'),
  /** What is dialled before any number. */
  prefix: dialled('must be digits that are dialled before the number').default(''),
  /** What is dialled in place of the + of a foreign number. */
  internationalPrefix: dialled('must be the digits that lead abroad, such as 00').default('00'),
  /** What the agent's phone shows; `{shownAs}` stands for the masked number. */
  callerId: line('must be a caller’s name and number such as "{shownAs}" <4008001234>').default(
    '"{shownAs}" <{shownAs}>',
  ),
  /** How long the agent's phone rings. */
  ringSeconds: z.int().min(5).max(120).default(30),
  /** Channel variables for the dial plan. */
  variables: z
    .record(
      z.string().regex(/^\w+$/, 'names of variables have letters, digits and _'),
      line('must be a text on one line').regex(/^[^,]*$/, 'must be a text without commas'),
    )
    .default({}),
})

export type DialSettings = z.infer<typeof dialSettings>

import { z } from 'zod'
import { outsideNumber } from './originate.js'

/** Commas and bars would call several phones, which cannot share the id of one call; braces, quotes and spaces end an argument. */
const template = (place: string, example: string) =>
  z
    .string()
    .regex(/^[\w.@%/:;=+~*#{}-]+$/, `must look like ${example}`)
    .refine(
      text => text.split(place).length === 2 && !/[{}]/.test(text.replace(place, '')),
      `needs ${place} in one place, as in ${example}`,
    )

/** `settings.dial`: how an agent's phone is called, and how the outside is reached from there. */
export const dialSettings = z
  .strictObject({
    endpoint: template('{extension}', 'user/{extension}@pbx.example'),
    /** The dial string behind which the number is, such as a gateway. */
    gateway: template('{number}', 'sofia/gateway/carrier/{number}').optional(),
    /** Instead of a gateway: the dial plan takes the call on. */
    dialplan: z
      .strictObject({
        context: z.string().regex(/^[\w.-]+$/, 'must be the name of a context of the dial plan'),
        prefix: z
          .string()
          .regex(/^[\d*#]*$/, 'must be digits')
          .default(''),
      })
      .optional(),
    /** What the customer's phone is shown, where a gateway is called. */
    callerId: z.string().refine(outsideNumber, 'must be a number of yours, as the carrier wants it').optional(),
    /** How long the agent's phone rings. */
    ringSeconds: z.int().min(5).max(120).default(30),
  })
  .refine(
    ({ gateway, dialplan }) => (gateway === undefined) !== (dialplan === undefined),
    'needs either a gateway or a dialplan',
  )

export type DialSettings = z.output<typeof dialSettings>

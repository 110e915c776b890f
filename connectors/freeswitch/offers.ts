import type { Offer } from '../../kernel/ports/index.js'

/** What the hub may do besides listening; outside numbers go by the first line that leads there. */
export const offers = ([gateway]: readonly string[]): Offer[] => [
  {
    flag: 'dial',
    text: 'May the hub place calls?',
    needs: 'an event socket that takes orders from it, see docs/freeswitch.md',
    ask: 'Which number of yours shall customers see?',
    settings: callerId => ({
      dial: {
        endpoint: 'user/{extension}',
        ...(gateway === undefined
          ? { dialplan: { context: 'default' } }
          : { gateway: `sofia/gateway/${gateway}/{number}`, callerId }),
      },
    }),
  },
]

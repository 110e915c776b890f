import type { Offer } from '../../kernel/ports/index.js'

/** What the hub may do besides listening. */
export const offers = (): Offer[] => [
  {
    flag: 'dial',
    text: 'May the hub place calls?',
    needs: 'an account that may write call and originate, see docs/asterisk.md',
    ask: 'Which number of yours shall customers see?',
    settings: number => ({
      dial: { channel: 'PJSIP/{extension}', context: 'from-internal', callerId: `"{shownAs}" <${number}>` },
    }),
  },
]

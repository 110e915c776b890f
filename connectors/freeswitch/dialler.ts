import { randomUUID } from 'node:crypto'
import { badInput, HubError } from '../../kernel/errors.js'
import type { Dialler, DialOrder } from '../../kernel/ports/index.js'
import type { Surroundings } from '../common/surroundings.js'
import { channelsNow } from './channelsNow.js'
import type { DialSettings } from './dialSettings.js'
import { type FsEvent, header } from './event.js'
import { isCallId, originate } from './originate.js'
import type { EventSocketSettings } from './settings.js'
import { visit } from './visit.js'

/** What cannot work (a phone that is not registered, say) is told within moments; later ends are told as those of a call. */
const REFUSED_WITHIN_MS = 3000
const RINGING = ['CHANNEL_PROGRESS', 'CHANNEL_PROGRESS_MEDIA', 'CHANNEL_ANSWER']

/** Places and ends calls, each over a connection of its own. */
export class FreeSwitchDialler implements Dialler {
  constructor(
    private readonly eventSocket: EventSocketSettings,
    private readonly dial: DialSettings,
    private readonly surroundings?: Surroundings,
  ) {}

  async place(order: DialOrder): Promise<void> {
    const command = originate(this.dial, order)
    const job = randomUUID()
    const progress = new Progress(order.callId, job)
    let [sent, taken] = [false, false]
    try {
      await visit(
        this.eventSocket,
        async visitor => {
          visitor.only('Job-UUID', job)
          visitor.only('Unique-ID', order.callId)
          sent = true
          const reply = await visitor.order(command, job)
          if (!reply.startsWith('+OK')) throw takesNone()
          taken = true
          const cause = await Promise.race([progress.told, visitor.pause(REFUSED_WITHIN_MS)])
          if (cause !== undefined) throw refusal(cause)
        },
        {
          events: { names: ['BACKGROUND_JOB', ...RINGING].join(' '), heard: event => progress.hear(event) },
          surroundings: this.surroundings,
        },
      )
    } catch (error) {
      if (error instanceof HubError) throw error
      // It goes on without this connection.
      if (!taken) throw unreachable(sent ? ' It is not known whether the call was placed.' : '')
    }
  }

  async hangUp(callId: string): Promise<void> {
    if (!isCallId(callId)) throw badInput('callId', 'The id of a call has letters, digits and hyphens only.')
    try {
      await visit(
        this.eventSocket,
        async ({ ask }) => {
          const answer = await ask(`uuid_kill ${callId}`)
          if (answer.startsWith('+OK')) return
          if (!answer.includes('No such channel')) throw takesNone()
          // The leg with which it began has left; others of the call may go on.
          for (const { uuid, call } of await channelsNow(ask)) if (call === callId) await ask(`uuid_kill ${uuid}`)
        },
        { surroundings: this.surroundings },
      )
    } catch (error) {
      throw error instanceof HubError ? error : unreachable()
    }
  }
}

/** What becomes of an order: the phone rings, or the reason why it will not. */
class Progress {
  readonly told: Promise<string | undefined>
  #tell: (cause: string | undefined) => void = () => {}

  constructor(
    private readonly callId: string,
    private readonly job: string,
  ) {
    this.told = new Promise(resolve => {
      this.#tell = resolve
    })
  }

  hear(event: FsEvent): void {
    const name = header(event, 'Event-Name') ?? ''
    if (name === 'BACKGROUND_JOB' && header(event, 'Job-UUID') === this.job)
      this.#tell(/^-ERR\s+(.*)/.exec(header(event, '_body') ?? '')?.[1])
    else if (RINGING.includes(name) && header(event, 'Unique-ID') === this.callId) this.#tell(undefined)
  }
}

const ABSENT = new Set(['USER_NOT_REGISTERED', 'SUBSCRIBER_ABSENT', 'UNALLOCATED_NUMBER'])
const BUSY = new Set(['USER_BUSY', 'CALL_REJECTED', 'NO_USER_RESPONSE', 'NO_ANSWER', 'ORIGINATOR_CANCEL'])

function refusal(cause: string): HubError {
  if (ABSENT.has(cause))
    return new HubError(
      'CONFLICT',
      'Your phone is not known to the phone system just now: register it, then try again.',
    )
  if (BUSY.has(cause)) return new HubError('CONFLICT', 'Your phone is busy or does not take the call. Try again.')
  const known = /^[A-Z_]{1,60}$/.test(cause) ? cause : 'it gave no reason'
  return new HubError('UNAVAILABLE', `The phone system could not ring your phone (${known}). Tell who runs it.`)
}

const takesNone = () =>
  new HubError(
    'UNAVAILABLE',
    'The phone system does not take orders from the hub: check the rights of its event socket.',
  )

const unreachable = (more = '') =>
  new HubError('UNAVAILABLE', `The phone system cannot be reached just now.${more} Try again later.`)

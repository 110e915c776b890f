import { realSurroundings, type Surroundings } from '../common/surroundings.js'
import { Connection } from './connection.js'
import type { FsEvent } from './event.js'
import type { EventSocketSettings } from './settings.js'

const ANSWER_MS = 15_000

/** Somebody who asks one thing or a few, over a connection of their own. */
export interface Visitor {
  /** What FreeSWITCH prints. Rejects where it does not in time. */
  ask(command: string): Promise<string>
  /** Its reply to a command that goes on in the background. */
  order(command: string, job: string): Promise<string>
  only(header: string, value: string): void
  /** Resolves after this many milliseconds, or once the connection is gone. */
  pause(ms: number): Promise<void>
}

export interface Visit {
  /** Which events are to be told, and to whom. */
  events?: { names: string; heard(event: FsEvent): void }
  surroundings?: Surroundings
}

/** An event that is rare: who asks for none is not told any. */
const NO_EVENTS = 'SHUTDOWN'

/** Logs in, does what is to be done, and leaves. Rejects with the reason why it could not, which holds nothing that FreeSWITCH sent. */
export function visit<T>(
  eventSocket: EventSocketSettings,
  run: (visitor: Visitor) => Promise<T>,
  { events, surroundings = realSurroundings }: Visit = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const leaving: ((reason: Error) => void)[] = []
    const answered = (say: (told: (answer: string) => void) => void): Promise<string> =>
      new Promise((told, failed) => {
        leaving.push(failed)
        const late = `it did not answer within ${ANSWER_MS / 1000} s`
        const cancel = surroundings.after(ANSWER_MS, () => connection.end(late))
        say(answer => {
          cancel()
          told(answer)
        })
      })
    const visitor: Visitor = {
      ask: command => answered(told => connection.ask(command, told)),
      order: (command, job) => answered(told => connection.order(command, job, told)),
      only: (header, value) => connection.only(header, value),
      pause: ms =>
        new Promise(over => {
          surroundings.after(ms, over)
          leaving.push(() => over())
        }),
    }
    const connection = new Connection(eventSocket, events?.names ?? NO_EVENTS, surroundings, {
      up: () => {
        run(visitor)
          .then(resolve, reject)
          .finally(() => connection.end('it has answered'))
      },
      event: event => events?.heard(event),
      closed: reason => {
        const error = new Error(`${eventSocket.host}:${eventSocket.port}: ${reason}.`)
        for (const leave of leaving) leave(error)
        reject(error)
      },
    })
  })
}

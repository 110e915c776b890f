import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Clock, systemClock } from '../../kernel/clock.js'

/** What a session needs of the world; tests bring their own time. */
export interface Surroundings {
  clock: Clock
  /** From 0 to 1. */
  random(): number
  /** Runs it once after this many milliseconds; the answer calls it off. */
  after(ms: number, run: () => void): () => void
  connect(to: { host: string; port: number; tls: boolean }): Socket
}

export const realSurroundings: Surroundings = {
  clock: systemClock,
  random: Math.random,
  after: (ms, run) => {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
  connect: ({ host, port, tls }) =>
    tls ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) }) : connectTcp({ host, port }),
}

import { sandboxAgents } from '../agents.js'
import type { Callers } from '../book/callers.js'
import type { Random } from '../random.js'
import { dayStart } from '../shanghai.js'
import { pace } from '../workday.js'
import { drawPlan } from './drawPlan.js'
import type { Switchboard } from './switchboard.js'

/** A process that slept does not make up for the calls it missed. */
const longestLagMs = 5_000
/** As many calls as the trunks carry; the next caller hears the busy tone of the network, which no PBX sees. */
const lines = 30
/** After so many of a hundred calls somebody goes for a tea. */
const breakShare = 0.03

/** Lets calls come and go as on a working day, `perMinute` of them in the busiest hour and three quarters of that at night. */
export class Traffic {
  on: boolean
  perMinute: number
  readonly #random: Random
  readonly #callers: Callers
  readonly #switchboard: Switchboard
  #nextAt = 0

  constructor(random: Random, callers: Callers, switchboard: Switchboard, options: { on: boolean; perMinute: number }) {
    this.#random = random
    this.#callers = callers
    this.#switchboard = switchboard
    this.on = options.on
    this.perMinute = options.perMinute
  }

  runDue(now: number): void {
    if (!this.on || this.perMinute <= 0) return
    if (this.#nextAt < now - longestLagMs) this.#nextAt = now
    while (this.#nextAt <= now) {
      const at = this.#nextAt
      this.#switchboard.runDue(at)
      this.#nextAt = at + this.#gap(at)
      if (this.#switchboard.live.length >= lines) continue
      const isBusy = ({ extension }: { extension: string }) =>
        this.#switchboard.callAt(extension) !== undefined || this.#switchboard.stateOf(extension) === 'away'
      this.#switchboard.place(drawPlan(this.#random, this.#callers, isBusy), at)
      if (this.#random.chance(breakShare)) this.#takeBreak(at)
    }
  }

  #takeBreak(at: number): void {
    const { extension } = this.#random.pick(sandboxAgents)
    this.#switchboard.pause(extension, at + this.#random.int(60_000, 240_000), at)
  }

  /** Takes effect at once, not after the gap drawn at the old pace. */
  set(change: { on?: boolean; perMinute?: number }): void {
    this.on = change.on ?? this.on
    this.perMinute = change.perMinute ?? this.perMinute
    this.#nextAt = 0
  }

  /** Callers do not know of each other: gaps are exponential, but nobody who watches should wait for long. */
  #gap(at: number): number {
    const mean = 60_000 / (this.perMinute * pace(at, dayStart(at)))
    return Math.round(Math.min(2.5 * mean, Math.max(50, -mean * Math.log(1 - this.#random.next()))))
  }
}

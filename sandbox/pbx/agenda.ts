import type { LiveCall } from './liveCall.js'

interface Entry {
  at: number
  /** Calls that share a moment come in the order in which they were placed. */
  turn: number
  call: LiveCall
}

/** Which call has the next step, however many there are: a heap. What has moved meanwhile is noticed when it is its turn. */
export class Agenda {
  readonly #heap: Entry[] = []
  readonly #turns = new Map<LiveCall, number>()
  #turn = 0

  /** To be told of every call whose first step is another one than before. */
  note(call: LiveCall): void {
    const at = call.steps[0]?.at
    if (at === undefined) {
      this.#turns.delete(call)
      return
    }
    let turn = this.#turns.get(call)
    if (turn === undefined) {
      turn = this.#turn++
      this.#turns.set(call, turn)
    }
    this.#heap.push({ at, turn, call })
    this.#rise(this.#heap.length - 1)
  }

  /** The place of a call among all. */
  turnOf = (call: LiveCall): number => this.#turns.get(call) ?? this.#turn

  /** Takes the call with the earliest step that is due; it must be noted again once it has taken that step. */
  due(now: number): LiveCall | undefined {
    for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
      this.#drop()
      if (first.call.steps[0]?.at === first.at) return first.call
    }
    return undefined
  }

  #drop(): void {
    const last = this.#heap.pop()!
    if (this.#heap.length === 0) return
    this.#heap[0] = last
    this.#sink()
  }

  #rise(place: number): void {
    for (let at = place; at > 0; ) {
      const above = (at - 1) >> 1
      if (!isBefore(this.#heap[at]!, this.#heap[above]!)) return
      this.#swap(at, above)
      at = above
    }
  }

  #sink(): void {
    for (let at = 0; ; ) {
      let least = at
      for (const below of [2 * at + 1, 2 * at + 2])
        if (below < this.#heap.length && isBefore(this.#heap[below]!, this.#heap[least]!)) least = below
      if (least === at) return
      this.#swap(at, least)
      at = least
    }
  }

  #swap(a: number, b: number): void {
    const held = this.#heap[a]!
    this.#heap[a] = this.#heap[b]!
    this.#heap[b] = held
  }
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.turn < b.turn)

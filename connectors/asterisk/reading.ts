import type { CallFact } from '../../kernel/ports/index.js'
import { type AmiEvent, channelVariable, header, timeOf } from './amiEvent.js'
import { type ChannelParty, memberExtension, partyOf } from './channel.js'
import type { AsteriskSettings } from './settings.js'

/** What an event says: a fact but for what all facts of the event share. */
export type Said = Omit<CallFact, 'key' | 'callId' | 'at'> & { at?: string }

/** One event, read with the settings of its System. Headers of a second channel in it have a prefix, such as `Dest`. */
export class Reading {
  constructor(
    readonly event: AmiEvent,
    readonly settings: AsteriskSettings,
  ) {}

  text(name: string): string | undefined {
    return header(this.event, name)
  }

  whole(name: string): number | undefined {
    const text = this.text(name)
    return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
  }

  /** null: an inner channel, or none at all. */
  party(prefix = ''): ChannelParty | null {
    return this.partyIn(`${prefix}Channel`, `${prefix}Context`)
  }

  /** The same, for events that name these headers otherwise. */
  partyIn(channel: string, context = ''): ChannelParty | null {
    return partyOf(this.settings, this.text(channel), this.text(context))
  }

  legId(prefix = ''): string | undefined {
    return this.text(`${prefix}Uniqueid`)
  }

  /** The channel with which the call began: all others carry its id. */
  isFirst(): boolean {
    return this.legId() !== undefined && this.legId() === this.text('Linkedid')
  }

  member(): string | undefined {
    return memberExtension(this.settings, this.text('Interface'))
  }

  /** The caller, also where the dial plan shows agents a masked number in its place: the real one is in a variable then. */
  callerNumber(): string | undefined {
    return channelVariable(this.event, 'HUB_NUMBER') ?? this.text('CallerIDNum')
  }

  /** An extension, where the number named by this header is one. */
  extensionIn(name: string): string | undefined {
    const number = this.text(name)
    return number !== undefined && this.settings.extensionPattern.test(number) ? number : undefined
  }

  /** What was dialled to get here; undefined in the middle of a dial plan (`s`, `h`). */
  dialled(): string | undefined {
    const exten = this.text('Exten')
    return exten !== undefined && /\d/.test(exten) ? exten : undefined
  }

  /** When it happened. */
  at(): string | undefined {
    return timeOf(this.event)
  }

  /** What a CEL event says besides, by name; nothing where it says it otherwise than in JSON. */
  extra(): Record<string, unknown> {
    try {
      const extra: unknown = JSON.parse(this.text('Extra') ?? '{}')
      return typeof extra === 'object' && extra !== null ? (extra as Record<string, unknown>) : {}
    } catch {
      return {}
    }
  }

  recording(): Said[] {
    const recording = channelVariable(this.event, 'MIXMONITOR_FILENAME')
    return recording === undefined ? [] : [{ kind: 'RECORDING', recording }]
  }
}

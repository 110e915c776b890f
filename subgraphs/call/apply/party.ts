import type { Kernel } from '../../../kernel/context/index.js'
import { blindIndex } from '../../../kernel/encryption/index.js'
import { maskedWriting, maskPhone } from '../../../kernel/mask/index.js'
import { normalisePhone } from '../../../kernel/phone/index.js'
import type { PhoneKind } from '../../../kernel/sensitive/index.js'

/** An outside number as a call knows it: everything but its ciphertext, which depends on whose it is. */
export interface Party {
  /** The canonical form, or what the system wrote where it is no number (`anonymous`). */
  value: string
  masked: string
  kind: PhoneKind
  index: string | null
  region: string | null
  carrier: string | null
}

/** Reads a number as a phone system wrote it. What is no number is kept, wholly hidden or as it was masked before, and matches nobody. */
export function partyOf(kernel: Kernel, raw: string | undefined): Party | null {
  if (!raw) return null
  const phone = normalisePhone(raw)
  if (phone.canonical === null) {
    const masked = maskedWriting(raw) ?? '****'
    return { value: raw, masked, kind: 'UNKNOWN' as PhoneKind, index: null, region: null, carrier: null }
  }
  const { region, carrier } = kernel.attribution.attributionOf(phone)
  return {
    value: phone.canonical,
    masked: maskPhone(phone.canonical),
    kind: phone.kind as PhoneKind,
    index: blindIndex(kernel.keys, 'phone', phone.canonical),
    region: region ?? null,
    carrier: carrier ?? null,
  }
}

/** What dial plans say of consent, and how it was given. */
const WORDS: Record<string, { consent: string; consentKind?: string }> = {
  announced: { consent: 'GRANTED', consentKind: 'announcement' },
  beep: { consent: 'GRANTED', consentKind: 'beep' },
  keypress: { consent: 'GRANTED', consentKind: 'keypress' },
  verbal: { consent: 'GRANTED', consentKind: 'verbal' },
  granted: { consent: 'GRANTED' },
  declined: { consent: 'DECLINED' },
  withdrawn: { consent: 'WITHDRAWN' },
}

/** A dial plan's word for consent; undefined for a word that nobody agreed on. */
export function consentOf(word: string | undefined): { consent: string; consentKind?: string } | undefined {
  const lower = word?.toLowerCase() ?? ''
  return Object.hasOwn(WORDS, lower) ? WORDS[lower] : undefined
}

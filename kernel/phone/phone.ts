export type PhoneKind = 'MOBILE' | 'LANDLINE' | 'SERVICE' | 'FOREIGN' | 'UNKNOWN'

export interface Phone {
  /**
   * The one writing by which equal numbers are equal: 13812345678 (mainland mobile), 01088886666 (landline with area code), 4001234567
   * or 95588 (service), +12025550123 (foreign, E.164). Null when it is no number, or not the whole of one.
   */
  canonical: string | null
  kind: PhoneKind
  /** Digits to dial once connected; never part of the canonical form. */
  extension?: string
}

export interface NormaliseOptions {
  /** Area code in whose region a number without one lies, such as `010`. */
  areaCode?: string
}

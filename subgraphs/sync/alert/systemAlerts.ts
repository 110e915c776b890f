/** Kinds of alerts about a system. */
export const DOWN_ALERT = 'system.down'
export const GAP_ALERT = 'calls.gap'

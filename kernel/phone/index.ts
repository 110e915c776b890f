export { type Attribution, type AttributionProvider, offlineAttribution } from './attribution.js'
export { AttributionError, readAttributionFile } from './attributionFile.js'
export { normalisePhone } from './normalisePhone.js'
export type { NormaliseOptions, Phone, PhoneKind } from './phone.js'

import type { FactKind } from '../../../../kernel/ports/index.js'

/** What is said about a call rather than in it may come at any time. */
export const AFTERWARDS: ReadonlySet<FactKind> = new Set<FactKind>(['SUMMARY', 'RECORDING', 'CONSENT', 'FEEDBACK'])

import { Refusal } from '../http/refusal.js'

/** The version a change was made against: from `If-Match: "3"`, else from `version` in the body, else none. */
export function expectedVersion(
  ifMatch: string | undefined,
  body: unknown,
): { version: number | null; fields: unknown } {
  const { version: inBody, ...fields } = isObject(body) ? body : {}
  if (ifMatch === undefined && inBody === undefined) return { version: null, fields: body }
  const version = ifMatch === undefined ? inBody : Number(/^(?:W\/)?"(\d+)"$/.exec(ifMatch.trim())?.[1] ?? Number.NaN)
  if (typeof version !== 'number' || !Number.isSafeInteger(version))
    throw new Refusal(400, 'bad_input', { field: 'version' })
  return { version, fields }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

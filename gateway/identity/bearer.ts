/** The token of an `authorization` header or connection parameter: `Bearer <token>`; null for anything else. */
export function bearerToken(authorization: unknown): string | null {
  return typeof authorization === 'string'
    ? (/^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1] ?? null)
    : null
}

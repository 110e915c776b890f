import { isLoopback } from './isLoopback.js'

/**
 * Whether what this database URL leads to can be listened to or impersonated on the way: it leaves the machine without TLS, or with TLS
 * that takes any certificate. `sslmode` means what `pg` makes of it: `prefer`, `require` and `verify-ca` verify like `verify-full`, unless
 * `uselibpqcompat` is set.
 */
export function isExposed(url: string): boolean {
  const parsed = URL.parse(url)
  if (!parsed) return false
  return !staysHere(parsed) && !isVerified(parsed.searchParams)
}

function staysHere({ hostname, searchParams }: URL): boolean {
  const host = searchParams.get('host') || decodeURIComponent(hostname)
  return host === '' || host.startsWith('/') || isLoopback(host)
}

function isVerified(asked: URLSearchParams): boolean {
  const mode = asked.get('sslmode')
  const hasAuthority = asked.has('sslrootcert')
  if (mode === 'disable' || mode === 'no-verify') return false
  if (asked.get('uselibpqcompat') === 'true' && mode !== 'verify-full')
    return hasAuthority && (mode === 'require' || mode === 'verify-ca')
  return mode !== null || hasAuthority || asked.get('ssl') === 'true' || asked.get('ssl') === '1'
}

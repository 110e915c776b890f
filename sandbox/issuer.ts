import { randomUUID } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import type { Clock } from '../kernel/clock.js'
import { sandboxFolder } from './store/origin.js'
import { privateFolder } from './store/privateFolder.js'

export const sandboxIssuerUrl = 'https://sandbox.invalid/'
export const sandboxAudience = 'hub'
export const longestTtlSeconds = 12 * 3600

const algorithm = 'ES256'

/** Signs tokens for the sandbox's people. Production refuses it. */
export interface SandboxIssuer {
  issuer: string
  audience: string
  /** The public keys, as a JSON Web Key Set. */
  jwks: { keys: JWK[] }
  /** A JSON Web Token whose subject is `person`. Throws on a life of less than a second or more than twelve hours. */
  issueToken(person: string, ttlSeconds: number): Promise<string>
}

/** Opens the issuer whose key lies in the data folder; the first one to ask makes the key. */
export async function openSandboxIssuer(dataDir: string, clock: Clock): Promise<SandboxIssuer> {
  const privateJwk = await loadKey(sandboxFolder(dataDir))
  const key = await importJWK(privateJwk, algorithm)
  const { d, ...publicJwk } = privateJwk
  return {
    issuer: sandboxIssuerUrl,
    audience: sandboxAudience,
    jwks: { keys: [publicJwk] },
    issueToken: (person, ttlSeconds) => {
      if (!(ttlSeconds >= 1 && ttlSeconds <= longestTtlSeconds))
        throw new Error('A token lives from one second to 12 hours.')
      const now = Math.floor(clock.now().getTime() / 1000)
      return new SignJWT()
        .setProtectedHeader({ alg: algorithm, kid: privateJwk.kid, typ: 'JWT' })
        .setIssuer(sandboxIssuerUrl)
        .setAudience(sandboxAudience)
        .setSubject(person)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setExpirationTime(now + Math.floor(ttlSeconds))
        .sign(key)
    },
  }
}

async function loadKey(folder: string): Promise<JWK> {
  const path = join(folder, 'issuer-key.json')
  const present = await readFile(path, 'utf8').catch(() => null)
  if (present !== null) return JSON.parse(present) as JWK
  await privateFolder(folder)
  await makeKey(path)
  return JSON.parse(await readFile(path, 'utf8')) as JWK
}

/** The hub and the token command may both be first: linking a finished file into place lets exactly one key win. */
async function makeKey(path: string): Promise<void> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const jwk = await exportJWK(privateKey)
  const kid = await calculateJwkThumbprint(jwk)
  const own = `${path}.${randomUUID()}`
  const file = await open(own, 'wx', 0o600)
  await file.writeFile(JSON.stringify({ ...jwk, kid, alg: algorithm, use: 'sig' }))
  await file.close()
  try {
    await link(own, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(own, { force: true })
  }
}

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { certificate, certificateKey } from './splitCertificate.js'

/** The eight bytes with which a client of PostgreSQL asks for TLS. */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** The same database behind a door that speaks TLS only. `urlOf` leads through it, with these additions. */
export async function tlsDoor(
  databaseUrl: string,
): Promise<{ urlOf(url: string, query: string): string; stop(): Promise<void> }> {
  const { hostname, port } = new URL(databaseUrl)
  const host = decodeURIComponent(hostname)
  const open = new Set<Socket>()
  const server = createServer(outside => {
    open.add(outside)
    outside.on('error', () => outside.destroy()).on('close', () => open.delete(outside))
    outside.once('data', asked => {
      if (!asked.equals(TLS_REQUEST)) return outside.destroy()
      outside.write('S')
      const plain = new TLSSocket(outside, { isServer: true, cert: certificate, key: certificateKey })
      const inside = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port || 5432), host)
      plain.pipe(inside).pipe(plain)
      plain.on('error', () => inside.destroy()).on('close', () => inside.destroy())
      inside.on('error', () => plain.destroy()).on('close', () => plain.destroy())
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    urlOf: (url, query) => {
      const { username, password, pathname } = new URL(url)
      return `postgresql://${username}:${password}@localhost:${(server.address() as AddressInfo).port}${pathname}${query}`
    },
    stop: async () => {
      for (const socket of open) socket.destroy()
      await new Promise(done => server.close(done))
    },
  }
}

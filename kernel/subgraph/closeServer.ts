import type { Server } from 'node:http'

const LOOK_MS = 20

/**
 * Stops listening and waits for requests in flight, `ms` at most. Node closes connections that are idle at that moment only; those that
 * become idle later would be kept alive, and `close` would wait for their clients to go.
 */
export async function closeServer(server: Server, ms: number): Promise<void> {
  if (!server.listening) return
  const closed = new Promise(resolve => server.close(resolve))
  const look = setInterval(() => server.closeIdleConnections(), LOOK_MS)
  const cut = setTimeout(() => server.closeAllConnections(), ms)
  await closed
  clearInterval(look)
  clearTimeout(cut)
}

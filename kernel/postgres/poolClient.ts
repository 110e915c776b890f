import pg from 'pg'

/**
 * A pool's connection. One that the server ends while nobody asks on it, or while it is being closed, has nobody to tell, and an error that
 * nobody listens for would end the process. Whoever asks next is told.
 */
export class PoolClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', () => undefined)
  }
}

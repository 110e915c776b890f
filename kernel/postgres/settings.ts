export interface ServerSettings {
  socket: string
  port: number
  durable: boolean
  biPort: number | null
}

/** The server's settings. They stand on its command line, so that the files of the cluster hold nothing of the hub. */
export function serverSettings({ socket, port, durable, biPort }: ServerSettings): string[] {
  const settings: Record<string, string | number> = {
    unix_socket_directories: quoted(socket),
    unix_socket_permissions: '0700',
    port,
    listen_addresses: biPort === null ? '' : '127.0.0.1',
    max_connections: 200,
    shared_buffers: '64MB',
    jit: 'off',
    max_logical_replication_workers: 0,
    // Worker processes for reading ahead cost memory and gain nothing at this size.
    io_method: 'sync',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '',
    log_checkpoints: 'off',
    // Errors of statements quote values, which may be personal: the log gets only what the server says of itself.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: 0 }),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** A list of folders in which a comma or a quote would count. */
const quoted = (path: string) => `"${path.replaceAll('"', '""')}"`

/**
 * Who may come in: by the socket everyone with a password, and nobody else gets to its folder. By the port of BI_PORT only logins made
 * for BI, never the hub's own roles.
 */
export const accessRules = `local all all scram-sha-256
host all postgres,hub_owner,hub_app all reject
host all all 127.0.0.1/32 scram-sha-256
`

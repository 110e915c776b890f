/** Whether a host as it stands in a URL or a setting is this machine, so that nobody can listen in on the way. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host)

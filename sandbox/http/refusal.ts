/** An answer that says no. `detail` goes into the body beside the code. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly detail: Record<string, unknown>

  constructor(status: number, code: string, detail: Record<string, unknown> = {}) {
    super(code)
    this.status = status
    this.code = code
    this.detail = detail
  }
}

export const missing = () => new Refusal(404, 'not_found')

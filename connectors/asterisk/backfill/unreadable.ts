/** Counts the rows that nobody can read. They have no time; those between or beside rows of the span are taken to be of it. */
export class Unreadable {
  /** Of any time. */
  all = 0
  /** Of the span, as far as can be told. */
  inSpan = 0
  #waiting = 0
  #beside = true

  add(): void {
    this.all++
    this.#waiting++
  }

  /** A row that can be read, and whether it is of the span. */
  passed(inSpan: boolean): void {
    this.end(inSpan)
    this.#beside = inSpan
  }

  /** There are no more. */
  end(inSpan = false): void {
    if (inSpan || this.#beside) this.inSpan += this.#waiting
    this.#waiting = 0
  }
}

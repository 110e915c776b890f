/** How values are shown in a line; made for one viewer, so that no word says more than they may read. */
export interface Names {
  /** An outside number, masked; one of the company's own extensions as `who` shows it. */
  number(raw: string): string
  /** Whose phone it is; null where the viewer may not know. */
  who(extension: string): string | null
  /** A person; null where the viewer may not know. */
  person(id: string): string | null
  /** A line; null where the viewer may not know which. */
  line(name: string): string | null
  /** The time of day in the company's zone. */
  time(at: string | Date): string
}

/** A file that is not imported at all. The message says what to do and holds nothing of the file but names of columns. */
export class ImportRefused extends Error {}

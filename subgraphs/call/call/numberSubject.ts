/** The key of a number that belongs to no customer yet, named by its blind index. */
export const numberSubject = (phoneIndex: string): string => `number:${phoneIndex}`

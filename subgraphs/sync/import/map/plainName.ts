/** Marks what a column's name says in brackets, such as its unit. */
const BRACKETS = /[（(【[][^）)】\]]*[）)】\]]?/g

/** A name of a column, or a word of a list, as it is compared: `Mobile_Phone` is mobilephone, `金额（元）` is 金额. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(BRACKETS, '')
    .replace(/[\s_\-.:：*#/]/g, '')
    .toLowerCase()

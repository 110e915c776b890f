/** What people write behind a name: remarks in brackets or after a space, and what the person is called at work. */
const BRACKETS = /[（(【[「<《][^）)】\]」>》]*[）)】\]」>》]?/g
const REMARK = /^([\p{Script=Han}·]{2,12})[\s,，;；/、|-]+.+$/u
const TITLES =
  /(?:总经理|董事长|副总|经理|老板|老板娘|主任|主管|店长|厂长|校长|院长|医生|大夫|老师|律师|会计|师傅|先生|女士|小姐|太太|阿姨|叔叔|大哥|大姐|总)$/
const NICKNAME = /^(?:小|老|阿|大)(\p{Script=Han})$/u
/** Numbers and addresses written into the name: they are no part of it, and a name is shown to more people than a number. */
const CONTACT = /\S*@\S*|\+?\d(?:[\d\s.·-]*\d){5,}/gu
const LATIN_TITLE = /^(?:mr|mrs|ms|miss|dr|prof)\.?\s+/i

/**
 * A4: the real name in what was written. `张三(老客户)` is 张三, `小李 电话在忙` and `王总` hold only a surname (李, 王), `Mr. John Smith` is John Smith. null
 * where no name is left. Spaces within a Chinese name go, those between Latin names stay single.
 */
export function cleanName(raw: string): string | null {
  const plain = raw
    .normalize('NFKC')
    .replace(/\p{Cc}|\p{Cf}/gu, '')
    .replace(BRACKETS, ' ')
    .replace(CONTACT, ' ')
    .trim()
  const named = (REMARK.exec(plain)?.[1] ?? plain).replace(LATIN_TITLE, '').replace(TITLES, '').trim()
  const name = NICKNAME.exec(named)?.[1] ?? named
  const spaced = /\p{Script=Han}/u.test(name)
    ? name.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    : name.replace(/\s+/g, ' ')
  return spaced === '' ? null : spaced.slice(0, 200)
}

/** Family names of two characters that are met today (复姓). */
const COMPOUND = new Set(
  (
    '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 端木 百里 南宫 呼延 轩辕 宇文 长孙 司空 独孤 ' +
    '闻人 申屠 濮阳 淳于 单于 太叔 仲孙 钟离 鲜于 闾丘 亓官 司寇 颛孙 巫马 公西 漆雕 乐正 拓跋 东郭 南门 西门 羊舌 ' +
    '梁丘 左丘 万俟 赫连 澹台 公冶 宗政 公羊 第五 歐陽 司馬 諸葛 東方 長孫'
  ).split(' '),
)

/** Nearly all names begin with a common ideograph, for which nothing needs to be looked up. */
const isLetter = (first: string): boolean => (first >= '一' && first <= '鿿') || /\p{L}/u.test(first)

/** 王小明 → 王*, 欧阳娜娜 → 欧阳*, John Smith → J*. What begins with no letter is hidden wholly. */
export function maskName(name: string): string {
  const text = name.trim()
  if (text === '') return ''
  // A name of two characters may be a family name of one and a given name of one.
  const compound = text.slice(0, 2)
  if (text.length > 2 && COMPOUND.has(compound)) return `${compound}*`
  const first = String.fromCodePoint(text.codePointAt(0)!)
  return isLetter(first) ? `${first}*` : '*'
}

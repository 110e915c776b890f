import type { LoadProblem, LoadReason } from '../../../../kernel/ports/index.js'
import { type ImportType, namesOf } from '../map/fields.js'

interface Words {
  reasons: Record<LoadReason, string>
  row: string
}

const ENGLISH: Words = {
  row: 'the row',
  reasons: {
    MISSING: 'is missing',
    UNREADABLE: 'has characters that nobody can read (another encoding?)',
    TOO_LONG: 'is too long',
    NO_NAME: 'holds no name',
    NO_NUMBER: 'is no phone number',
    NO_EMAIL: 'is no e-mail address',
    NO_TIME: 'is no time that is understood',
    NO_DURATION: 'is no duration that is understood',
    NO_AMOUNT: 'is no amount',
    NO_RATING: 'is no rating from 0 to 100',
    UNKNOWN_WORD: 'is a word that is not understood',
    BEFORE_START: 'lies before the start',
    NOT_ANSWERED: 'contradicts the result: nobody answered',
    NO_PERSON: 'is nobody the hub knows',
    SEVERAL_PEOPLE: 'may be several people: give the id',
    NO_CUSTOMER: 'belongs to no customer: import the customers first',
    SEVERAL_CUSTOMERS: 'belongs to several customers: give the id',
    COLUMNS: 'has more or fewer columns than the first one',
    TOO_LARGE: 'is longer than any row may be',
    NO_JSON: 'is no JSON object',
  },
}

const CHINESE: Words = {
  row: '整行',
  reasons: {
    MISSING: '缺失',
    UNREADABLE: '含有无法识别的字符（编码不对？）',
    TOO_LONG: '过长',
    NO_NAME: '不含姓名',
    NO_NUMBER: '不是电话号码',
    NO_EMAIL: '不是邮箱地址',
    NO_TIME: '不是可识别的时间',
    NO_DURATION: '不是可识别的时长',
    NO_AMOUNT: '不是金额',
    NO_RATING: '不是 0 到 100 的评分',
    UNKNOWN_WORD: '取值无法识别',
    BEFORE_START: '早于开始时间',
    NOT_ANSWERED: '与通话结果矛盾：无人接听',
    NO_PERSON: '系统中没有此人',
    SEVERAL_PEOPLE: '有多人重名，请填写人员编号',
    NO_CUSTOMER: '找不到对应客户，请先导入客户',
    SEVERAL_CUSTOMERS: '对应多个客户，请填写客户编号',
    COLUMNS: '列数与首行不一致',
    TOO_LARGE: '超过允许的长度',
    NO_JSON: '不是 JSON 对象',
  },
}

export const isChinese = (lang: string): boolean => lang.toLowerCase().startsWith('zh')

/** A problem as a person reads it, in Chinese or else in English: `email is no e-mail address`. */
export function inWords(lang: string, type: ImportType, { field, reason }: LoadProblem): string {
  const zh = isChinese(lang)
  const words = zh ? CHINESE : ENGLISH
  if (field === 'row') return `${words.row}${zh ? '' : ' '}${words.reasons[reason]}`
  // The first Chinese name of a field is what people call it.
  const name = zh ? (namesOf(type, field)[1] ?? field) : field
  return `${name}${zh ? '' : ' '}${words.reasons[reason]}`
}

export const allInWords = (lang: string, type: ImportType, problems: readonly LoadProblem[]): string =>
  [...new Set(problems.map(problem => inWords(lang, type, problem)))].join(isChinese(lang) ? '；' : '; ')

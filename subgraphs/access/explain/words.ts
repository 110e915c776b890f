import { Role } from '../../../kernel/ability/index.js'
import type { Question } from './explain.js'
import type { Finding, Reason } from './finding.js'

type Asked = Pick<Question, 'type' | 'field'>

/** A list longer than this is cut: an administrator wants the reason, not every team. */
const MOST = 5

const ROLES: Record<Role, { en: string; zh: string }> = {
  [Role.AGENT]: { en: 'agents', zh: '坐席' },
  [Role.SUPERVISOR]: { en: 'supervisors', zh: '主管' },
  [Role.ADMIN]: { en: 'administrators', zh: '管理员' },
  [Role.ANALYST]: { en: 'analysts', zh: '分析师' },
  [Role.AUDITOR]: { en: 'auditors', zh: '审计员' },
  [Role.PROGRAM]: { en: 'programs', zh: '程序账号' },
}

/** A finding as a sentence, in Chinese or else in English. */
export const inWords = (lang: string, finding: Finding, asked: Asked): string =>
  lang.toLowerCase().startsWith('zh') ? inChinese(finding, asked) : inEnglish(finding, asked)

function inEnglish(finding: Finding, { type, field }: Asked): string {
  switch (finding.kind) {
    case 'ROLE':
      return finding.reasons.length === 0
        ? `A rule lets ${ROLES[finding.role].en} read ${type}.${field} of every row.`
        : `A rule lets ${ROLES[finding.role].en} read ${type}.${field} where ${fits(finding.reasons, ' and ')}; this row fits.`
    case 'GRANT':
      return `No standing rule allows it, but grant ${finding.grantId} does${finding.endsAt ? `, until ${finding.endsAt.toISOString()}` : ''}.`
    case 'MASKED':
      return `They may read ${type}.${field} masked only.`
    case 'REVEAL':
      return finding.allowed
        ? 'Personal values in it may be read in full, within the budget; every reading is audited.'
        : 'Personal values in it stay masked: no rule and no grant lets them be revealed.'
    case 'OTHER_ROWS':
      return `A rule lets ${ROLES[finding.role].en} read ${type}.${field} only where ${fits(finding.reasons, ' and ')}; this row has ${has(finding.reasons, ', ', 'none')}.`
    case 'NO_RULE':
      return `No rule for ${ROLES[finding.role].en} names ${type}.${field}.`
    case 'NO_GRANT':
      return 'No grant in force opens it.'
    case 'ROW_UNSEEN':
      return 'They may not see this row at all: to them it does not exist.'
    case 'INACTIVE':
      return 'This person is not active and may see nothing.'
  }
}

function inChinese(finding: Finding, { type, field }: Asked): string {
  switch (finding.kind) {
    case 'ROLE':
      return finding.reasons.length === 0
        ? `规则允许${ROLES[finding.role].zh}读取所有记录的 ${type}.${field}。`
        : `规则允许${ROLES[finding.role].zh}在 ${fits(finding.reasons, ' 且 ')} 时读取 ${type}.${field}，此记录符合。`
    case 'GRANT':
      return `没有固定规则允许，但临时授权 ${finding.grantId} 允许${finding.endsAt ? `，有效期至 ${finding.endsAt.toISOString()}` : ''}。`
    case 'MASKED':
      return `只能看到 ${type}.${field} 的脱敏形式。`
    case 'REVEAL':
      return finding.allowed
        ? '其中的个人信息可以在额度内查看完整内容，每次查看都会记入审计。'
        : '其中的个人信息保持脱敏：没有规则或授权允许查看完整内容。'
    case 'OTHER_ROWS':
      return `规则只允许${ROLES[finding.role].zh}在 ${fits(finding.reasons, ' 且 ')} 时读取 ${type}.${field}，而此记录为 ${has(finding.reasons, '，', '空')}。`
    case 'NO_RULE':
      return `没有任何规则让${ROLES[finding.role].zh}读取 ${type}.${field}。`
    case 'NO_GRANT':
      return '没有有效的临时授权开放它。'
    case 'ROW_UNSEEN':
      return '此人完全看不到这条记录：对其而言它不存在。'
    case 'INACTIVE':
      return '此人不在启用状态，什么也看不到。'
  }
}

const fits = (reasons: readonly Reason[], and: string): string =>
  reasons
    .map(({ column, asks }) => {
      const shown = asks.slice(0, MOST).join(', ') + (asks.length > MOST ? `, … (${asks.length})` : '')
      return asks.length === 1 ? `${column} = ${shown}` : `${column} ∈ {${shown}}`
    })
    .join(and)

const has = (reasons: readonly Reason[], comma: string, none: string): string =>
  reasons.map(reason => `${reason.column} = ${reason.has ?? none}`).join(comma)

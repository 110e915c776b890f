import type { CallFact } from '../../../../kernel/ports/index.js'
import type { Difference, Told } from '../differences.js'
import type { Telling } from '../line.js'
import type { WhyLinked } from '../whyLinked.js'
import { isWorthSaying } from './late.js'
import type { Names } from './names.js'

export function inChinese(telling: Telling, names: Names): string {
  switch (telling.stage) {
    case 'HEARD':
      return `${said(telling.fact, names)}。${late(telling.lateSeconds)}${effect(telling.changed, telling.again, names)}`
    case 'LINK':
      return linked(telling.why, somebody(telling.by, names))
    case 'SCREEN':
      return telling.customers === 1
        ? `向${somebody(telling.personId, names)}开放该客户，至 ${names.time(telling.until)}。`
        : telling.customers === 0
          ? `向${somebody(telling.personId, names)}开放本次通话，至 ${names.time(telling.until)}；没有可显示的客户。`
          : `向${somebody(telling.personId, names)}开放 ${telling.customers} 位候选客户的脱敏姓名，至 ${names.time(telling.until)}。`
    case 'AUDIT':
      return acted(telling.action, telling.fields, telling.actorId === null ? '系统' : somebody(telling.actorId, names))
    case 'NOTE':
      return NOTES[telling.note]
  }
}

const NOTES = {
  EXPIRED: '电话系统关于本次通话的原始消息已过保存期，此处没有或不全。',
  LOADED: '本次通话作为历史数据导入：电话系统在通话结束之后才告知。',
  CUT: '电话系统关于本次通话的消息比此处列出的更多。',
}

const somebody = (id: string | null, names: Names): string => (id === null ? null : names.person(id)) ?? '某人'
const phone = (extension: string | undefined, names: Names): string =>
  extension === undefined ? '话机' : `${names.who(extension) ?? '同事'}的话机`

function said(fact: CallFact, names: Names): string {
  const { from, to, extension, queue, line, cause, outcome } = fact
  const ends = [
    from !== undefined && `主叫 ${names.number(from)}`,
    to !== undefined && `被叫 ${names.number(to)}`,
    line !== undefined && names.line(line) !== null && `线路 ${names.line(line)}`,
  ].filter(Boolean)
  const why = [outcome && OUTCOMES[outcome], cause !== undefined && `原因 ${cause}`].filter(Boolean).join('，')
  const because = why === '' ? '' : `（${why}）`
  const at = extension === undefined ? '' : phone(extension, names)
  switch (fact.kind) {
    case 'LEG_STARTED':
      return [`${at}开始一条${fact.direction === undefined ? '' : DIRECTIONS[fact.direction]}线路`, ...ends].join('，')
    case 'QUEUED':
      return queue === undefined ? '进入队列等待' : `进入队列 ${queue} 等待`
    case 'DIALING':
      return `正在呼叫${to === undefined ? phone(extension, names) : ` ${names.number(to)}`}`
    case 'RINGING':
      return extension === undefined ? '对方振铃' : `${at}振铃`
    case 'ANSWERED':
      return extension === undefined ? '已接起' : `${at}已接起`
    case 'CONNECTED':
      return extension === undefined ? '双方接通' : `双方接通，一方为${at}`
    case 'HELD':
      return '通话保持'
    case 'RESUMED':
      return '恢复通话'
    case 'TRANSFERRED':
      return to === undefined ? '已转接' : `转接至 ${names.number(to)}`
    case 'LEG_ENDED':
      return `${at}挂断一条线路${because}`
    case 'ENDED':
      return fact.outcome === 'LOST' ? '电话系统已不知道这次通话' : `通话结束${because}`
    case 'SUMMARY':
      return `收到电话系统自己的${fact.legId === undefined ? '' : '单条线路'}话单${because}`
    case 'RECORDING':
      return '录音已就绪'
    case 'CONSENT':
      return `录音同意状态：${CONSENTS[fact.consent ?? ''] ?? fact.consent ?? '未知'}`
    case 'FEEDBACK':
      return `${fact.by === 'CUSTOMER' ? '客户' : '坐席'}评价${fact.rating === undefined ? '' : `：${fact.rating}`}`
  }
}

function late(seconds: number): string {
  if (!isWorthSaying(seconds)) return ''
  return seconds > 0
    ? `系统晚了 ${span(seconds)}才得知。`
    : `按系统时钟这还要 ${span(-seconds)}才发生：电话系统的时钟偏快。`
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} 秒`
  if (seconds < 7200) return `${Math.round(seconds / 60)} 分钟`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} 小时` : `${Math.round(seconds / 86_400)} 天`
}

function effect(changed: readonly Difference[], again: boolean, names: Names): string {
  if (changed.length === 0) return again ? '重复消息，没有改变任何内容。' : '没有改变任何内容。'
  return `变化：${changed.map(one => difference(one, names)).join('；')}。`
}

function difference({ what, from, to }: Difference, names: Names): string {
  if (what === 'legs') return '各条线路'
  if (what === 'recording') return '有了录音'
  if (what === 'feedback') return '评价'
  const [before, after] = [from, to].map(value => (value === null ? '未知' : wordOf(what, value, names)))
  return from === null ? `${WHAT[what]} ${after}` : `${WHAT[what]} ${before} → ${after}`
}

type Plain = Exclude<Told, 'legs' | 'recording' | 'feedback'>

function wordOf(what: Plain, value: string, names: Names): string {
  switch (what) {
    case 'direction':
      return DIRECTIONS[value as keyof typeof DIRECTIONS] ?? value
    case 'status':
      return STATES[value] ?? value
    case 'outcome':
      return OUTCOMES[value] ?? value
    case 'customerNumber':
      return names.number(value)
    case 'lineId':
      return names.line(value) ?? '不可见'
    case 'agentExtension':
      return names.who(value) ?? '同事'
    case 'startedAt':
    case 'ringingAt':
    case 'answeredAt':
    case 'heldAt':
    case 'endedAt':
      return names.time(value)
    case 'talkSeconds':
      return `${value} 秒`
    case 'consent':
      return CONSENTS[value] ?? value
    case 'queue':
    case 'hangupCause':
      return value
  }
}

const WHAT: Record<Plain, string> = {
  direction: '方向',
  status: '状态',
  outcome: '结果',
  customerNumber: '客户号码',
  lineId: '线路',
  queue: '队列',
  agentExtension: '坐席',
  startedAt: '开始于',
  ringingAt: '振铃于',
  answeredAt: '接通于',
  heldAt: '保持自',
  endedAt: '结束于',
  talkSeconds: '通话时长',
  hangupCause: '挂断原因',
  consent: '录音同意',
}

const DIRECTIONS = { INBOUND: '呼入', OUTBOUND: '呼出', INTERNAL: '内部' }
const CONSENTS: Record<string, string> = { GRANTED: '同意', DECLINED: '拒绝', WITHDRAWN: '撤回' }

const STATES: Record<string, string> = {
  DIALING: '呼叫建立中',
  QUEUED: '排队中',
  RINGING: '振铃',
  ANSWERED: '已接通',
  HELD: '保持',
  ENDED: '已结束',
}

const OUTCOMES: Record<string, string> = {
  ANSWERED: '已接通',
  NO_ANSWER: '无人接听',
  ABANDONED: '主叫放弃',
  BUSY: '忙线',
  CANCELLED: '已取消',
  CONGESTION: '网络拥塞',
  NOT_FOUND: '空号',
  FORWARDED: '已转移',
  VOICEMAIL: '转入语音信箱',
  FAILED: '失败',
  LOST: '结束未被告知',
  OTHER: '其他',
}

function linked(why: WhyLinked, by: string): string {
  switch (why.kind) {
    case 'NUMBER':
      return '自动关联：只有一位客户有此号码。'
    case 'LEARNT':
      return '自动关联：此号码后来成为一位客户的号码，且仅此一位。'
    case 'PERSON':
      return `由${by}选定客户并关联，直到有人更改。`
    case 'SEVERAL':
      return `未关联：有 ${why.candidates} 位客户使用此号码，尚无人选择。`
    case 'NOBODY':
      return '未关联：没有客户使用此号码；一旦有，将自动关联。'
    case 'NO_NUMBER':
      return '未关联：没有告知号码。'
    case 'NOT_A_NUMBER':
      return '未关联：所告知的不是电话号码。'
    case 'INTERNAL':
      return '未关联：这是同事之间的通话。'
  }
}

function acted(action: string, fields: readonly string[], who: string): string {
  const named = fields.length > 0 ? `：${fields.join('、')}` : ''
  switch (action) {
    case 'Call.created':
      return '系统登记了这次通话。'
    case 'Call.ended':
      return '系统登记了通话结束。'
    case 'Call.unlinked':
      return '由系统取消关联：号码后来证实是另一个。'
    case 'Call.placed':
      return `由${who}拨出。`
    case 'Call.notPlaced':
      return '电话系统没有接受这次呼叫。'
    case 'Call.hungUp':
      return `由${who}要求电话系统挂断。`
    case 'Call.refused':
      return `${who}想要回拨，被拒绝。`
    case 'Call.updated':
      return `由${who}更改${named}。`
    case 'Call.revealed':
      return `由${who}查看完整内容${named}。`
    default:
      return `${action}，由${who}${named}。`
  }
}

import type { Direction, Outcome } from '../../../../kernel/ports/index.js'
import { plainName } from './plainName.js'

type Words<T extends string> = Record<T, readonly string[]>

const DIRECTIONS: Words<Direction> = {
  INBOUND: ['呼入', '来电', '入呼', '接入', '被叫', '呼入电话', 'in', 'incoming', 'inbound call', 'callin'],
  OUTBOUND: [
    '呼出',
    '去电',
    '外呼',
    '出呼',
    '拨出',
    '主叫',
    '呼出电话',
    'out',
    'outgoing',
    'outbound call',
    'callout',
    'dialout',
  ],
  INTERNAL: ['内部', '内部通话', '内线', '内呼', 'local', 'extension'],
}

const OUTCOMES: Words<Outcome> = {
  ANSWERED: [
    '已接',
    '已接听',
    '已接通',
    '接通',
    '接听',
    '应答',
    '成功',
    '双方接听',
    '已通话',
    'answer',
    'success',
    'completed',
    'connected',
  ],
  NO_ANSWER: [
    '未接',
    '未接听',
    '未接通',
    '无人接听',
    '无应答',
    '未应答',
    '振铃未接',
    'noanswer',
    'no answer',
    'missed',
    'unanswered',
    'not answered',
  ],
  ABANDONED: [
    '放弃',
    '已放弃',
    '排队放弃',
    '用户放弃',
    '客户放弃',
    '主叫放弃',
    '队列放弃',
    'abandon',
    'abandoned in queue',
  ],
  BUSY: ['忙', '占线', '忙线', '用户忙', '线路忙', '拒接', '已拒接', 'user busy', 'rejected', 'declined'],
  CANCELLED: ['取消', '已取消', '主叫取消', '坐席取消', 'cancel', 'canceled', 'originator cancel'],
  CONGESTION: ['拥塞', '网络拥塞', '线路拥塞', 'network congestion'],
  NOT_FOUND: ['空号', '号码不存在', '号码错误', '错号', 'invalid number', 'unallocated number'],
  FORWARDED: ['呼叫转移', '转移', '已转移', '转接', 'forward', 'transferred'],
  VOICEMAIL: ['留言', '语音信箱', '语音留言', 'voice mail'],
  FAILED: ['失败', '呼叫失败', '异常', 'fail', 'error'],
  LOST: [],
  OTHER: ['其他', '其它', '关机', '停机', '无法接通', '不在服务区', '暂停服务', 'unreachable', 'power off'],
}

const CUSTOMER_STAGES: Words<'LEAD' | 'CONTACTED' | 'QUALIFIED' | 'WON' | 'LOST'> = {
  LEAD: ['潜在', '潜在客户', '线索', '新客户', '未跟进', '新增', '待跟进', 'new', 'prospect', 'potential'],
  CONTACTED: ['已联系', '跟进中', '初步沟通', '已跟进', '联系中', 'contact', 'in progress', 'working'],
  QUALIFIED: ['意向', '有意向', '意向客户', '高意向', '重点客户', '商机', 'interested', 'opportunity'],
  WON: ['成交', '已成交', '成交客户', '签约', '已签约', '老客户', 'customer', 'converted', 'closed won'],
  LOST: ['流失', '已流失', '无效', '无意向', '放弃', '失败', 'dead', 'unqualified', 'closed lost'],
}

const DEAL_STAGES: Words<'OPEN' | 'WON' | 'LOST'> = {
  OPEN: [
    '进行中',
    '跟进中',
    '谈判',
    '报价',
    '未成交',
    '待付款',
    '意向',
    '待签约',
    'in progress',
    'pending',
    'new',
    'proposal',
    'negotiation',
  ],
  WON: [
    '成交',
    '已成交',
    '赢单',
    '已付款',
    '已签约',
    '签约',
    '完成',
    '已完成',
    '成功',
    'closed won',
    'paid',
    'completed',
    'done',
  ],
  LOST: [
    '输单',
    '丢单',
    '失败',
    '已取消',
    '取消',
    '已关闭',
    '退款',
    '已退款',
    '流失',
    'closed lost',
    'cancelled',
    'canceled',
    'refunded',
  ],
}

const ANSWERS: Words<'YES' | 'NO'> = {
  YES: ['是', '对', '有', '已开启', '免打扰', '勿扰', '拒绝', 'y', 'true', 't', '1', 'on', 'x', '√', '✓'],
  NO: ['否', '不', '不是', '未开启', '正常', '可以', '允许', 'n', 'false', 'f', '0', 'off'],
}

const dictionary = <T extends string>(words: Words<T>): ReadonlyMap<string, T> =>
  new Map(
    (Object.entries(words) as [T, readonly string[]][]).flatMap(([value, texts]) =>
      [value, ...texts].map(text => [plainName(text), value] as const),
    ),
  )

/** What words of a list mean, by the field they stand in; its own name (`INBOUND`) is a word too. */
export const words = {
  direction: dictionary(DIRECTIONS),
  outcome: dictionary(OUTCOMES),
  customerStage: dictionary(CUSTOMER_STAGES),
  dealStage: dictionary(DEAL_STAGES),
  answer: dictionary(ANSWERS),
}

import { plainName } from './plainName.js'

export type ImportType = 'customers' | 'calls' | 'deals'

/** Fields by type, each with names of columns that are understood besides its own. */
const NAMES = {
  customers: {
    id: ['客户编号', '客户ID', '编号', 'customer id', 'external id'],
    name: ['姓名', '客户名称', '客户姓名', '名称', '客户', '联系人', 'customer name', 'full name', 'contact'],
    phone: [
      '手机',
      '手机号',
      '手机号码',
      '电话',
      '电话号码',
      '联系电话',
      '联系方式',
      '号码',
      'mobile',
      'mobile phone',
      'phone number',
      'telephone',
      'tel',
    ],
    otherPhones: [
      '其他电话',
      '备用电话',
      '备用手机',
      '固定电话',
      '座机',
      '电话2',
      '手机2',
      'other phone',
      'other phones',
      'phone2',
      'landline',
    ],
    email: ['邮箱', '电子邮箱', '电子邮件', '邮件', 'e-mail', 'mail', 'email address'],
    address: ['地址', '联系地址', '详细地址', 'street address'],
    company: ['公司', '公司名称', '单位', '工作单位', '企业名称', 'company name', 'organization', 'account'],
    stage: ['阶段', '客户阶段', '客户状态', '状态', '跟进状态', 'status'],
    source: ['来源', '客户来源', '渠道', '线索来源', 'lead source', 'channel'],
    tags: ['标签', '客户标签', 'tag', 'labels'],
    doNotCall: ['免打扰', '勿扰', '禁止呼叫', '拒绝来电', 'do not call', 'dnc', 'opt out'],
    owner: [
      '负责人',
      '归属人',
      '所属人',
      '跟进人',
      '所属坐席',
      '归属坐席',
      '业务员',
      '客户经理',
      'assigned to',
      'sales rep',
    ],
    note: ['备注', '说明', '跟进记录', 'notes', 'remark', 'remarks', 'comment', 'description'],
    internalNote: ['内部备注', 'internal note'],
    createdAt: [
      '创建时间',
      '创建日期',
      '录入时间',
      '添加时间',
      'created',
      'create time',
      'created time',
      'date entered',
    ],
    updatedAt: [
      '更新时间',
      '修改时间',
      '最后修改时间',
      'updated',
      'update time',
      'modified',
      'modified at',
      'last modified',
    ],
  },
  calls: {
    id: ['通话ID', '通话编号', '呼叫ID', '话单ID', '话单号', 'call id', 'uniqueid', 'uuid', 'session id'],
    direction: ['呼叫类型', '通话类型', '呼叫方向', '方向', '类型', 'call type', 'type', 'call direction'],
    from: [
      '主叫',
      '主叫号码',
      '来电号码',
      'caller',
      'caller number',
      'caller id',
      'src',
      'calling number',
      'from number',
    ],
    to: ['被叫', '被叫号码', '被叫方', 'callee', 'callee number', 'dst', 'called number', 'destination', 'to number'],
    number: [
      '客户号码',
      '客户电话',
      '对方号码',
      '手机',
      '手机号',
      '电话',
      '联系电话',
      'phone',
      'customer number',
      'customer phone',
    ],
    startedAt: [
      '开始时间',
      '呼叫时间',
      '拨打时间',
      '来电时间',
      '呼叫开始时间',
      'start',
      'start time',
      'call date',
      'call time',
    ],
    ringing: [
      '振铃',
      '振铃时间',
      '振铃时长',
      '响铃时间',
      '响铃时长',
      'ring',
      'ring time',
      'ringing at',
      'ring seconds',
      'ring duration',
    ],
    answeredAt: ['接通时间', '应答时间', '接听时间', 'answer', 'answer time', 'answered'],
    endedAt: ['结束时间', '挂断时间', '挂机时间', '呼叫结束时间', 'end', 'end time', 'hangup time', 'ended'],
    talk: [
      '通话时长',
      '通话秒数',
      '接听时长',
      '计费时长',
      'billsec',
      'talk time',
      'talk seconds',
      'talk duration',
      'billable seconds',
    ],
    duration: ['总时长', '呼叫时长', '时长', 'total duration', 'duration seconds', 'call duration'],
    agent: [
      '坐席',
      '坐席工号',
      '坐席姓名',
      '客服',
      '工号',
      '分机',
      '分机号',
      'extension',
      'ext',
      'agent id',
      'agent name',
      'user',
    ],
    queue: ['队列', '技能组', '队列名称', 'queue name', 'skill group', 'skill'],
    outcome: [
      '结果',
      '呼叫结果',
      '通话结果',
      '接听状态',
      '通话状态',
      '接通状态',
      '状态',
      'status',
      'result',
      'call status',
    ],
    hangupCause: ['挂断原因', '挂机原因', '失败原因', 'cause', 'hangup cause', 'hangup reason'],
    line: ['线路', '中继', '外显号码', 'trunk', 'line id', 'did'],
    recording: ['录音', '录音地址', '录音文件', '录音链接', 'recording url', 'record', 'record file', 'recording file'],
    rating: ['满意度', '满意度评分', '评分', 'satisfaction', 'score', 'csat'],
    disposition: ['小结', '通话小结', '处理结果', '业务类型', 'wrap up', 'call result code'],
    note: ['备注', '说明', 'notes', 'remark', 'remarks', 'comment'],
  },
  deals: {
    orderNo: ['订单号', '订单编号', '合同号', '合同编号', 'order', 'order number', 'order id', 'contract no', 'id'],
    customerId: ['客户编号', '客户ID', 'customer', 'contact id', 'account id'],
    phone: ['手机', '手机号', '手机号码', '电话', '联系电话', '客户电话', 'mobile', 'customer phone', 'phone number'],
    title: [
      '标题',
      '商机名称',
      '订单名称',
      '产品',
      '产品名称',
      '商品',
      '项目',
      'name',
      'subject',
      'product',
      'deal name',
    ],
    amount: ['金额', '订单金额', '合同金额', '成交金额', '总额', 'total', 'value', 'price', 'sum'],
    cost: ['成本', '成本价', 'costs'],
    currency: ['币种', '货币', 'currency code'],
    stage: ['阶段', '商机阶段', '状态', '订单状态', 'status', 'state'],
    createdAt: [
      '创建时间',
      '创建日期',
      '下单时间',
      '下单日期',
      '订单日期',
      'created',
      'create time',
      'order date',
      'date',
    ],
    closedAt: [
      '成交日期',
      '成交时间',
      '签约日期',
      '关闭日期',
      '结单时间',
      'closed',
      'close date',
      'closed date',
      'won at',
    ],
  },
} as const satisfies Record<ImportType, Record<string, readonly string[]>>

export type Field = { [T in ImportType]: keyof (typeof NAMES)[T] & string }[ImportType]

/** What a file of this type must say, as groups of which one field each is needed. `from+to` are needed together. */
const NEEDED: Record<ImportType, readonly (readonly string[])[]> = {
  customers: [['id', 'phone', 'otherPhones']],
  calls: [['startedAt'], ['direction'], ['number', 'from+to']],
  deals: [['orderNo'], ['customerId', 'phone']],
}

export const importTypes = Object.keys(NAMES) as ImportType[]

export const fieldsOf = (type: ImportType): readonly string[] => Object.keys(NAMES[type])

/** Names that are understood for a field, its own first. */
export const namesOf = (type: ImportType, field: string): readonly string[] => [
  field,
  ...((NAMES[type] as Record<string, readonly string[]>)[field] ?? []),
]

/** The field that a column of this name holds; undefined where nobody knows. */
export function fieldNamed(type: ImportType, column: string): string | undefined {
  const plain = plainName(column)
  return fieldsOf(type).find(field => namesOf(type, field).some(name => plainName(name) === plain))
}

/** Groups of fields of which none is there. */
export function missingFields(type: ImportType, present: ReadonlySet<string>): readonly (readonly string[])[] {
  const isThere = (one: string) => one.split('+').every(field => present.has(field))
  return NEEDED[type].filter(group => !group.some(isThere))
}

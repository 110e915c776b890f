import type { CustomerStage } from './types.js'

/** Brand words of companies, with the domain their mail comes from. */
export const brands: readonly (readonly [string, string])[] = [
  ['恒达', 'hengda'],
  ['鑫源', 'xinyuan'],
  ['华信', 'huaxin'],
  ['博远', 'boyuan'],
  ['瑞丰', 'ruifeng'],
  ['天成', 'tiancheng'],
  ['宏图', 'hongtu'],
  ['嘉禾', 'jiahe'],
  ['启明', 'qiming'],
  ['金鼎', 'jinding'],
  ['润泽', 'runze'],
  ['中科', 'zhongke'],
  ['联创', 'lianchuang'],
  ['众诚', 'zhongcheng'],
  ['海纳', 'haina'],
  ['东方', 'dongfang'],
  ['新锐', 'xinrui'],
  ['安泰', 'antai'],
  ['永盛', 'yongsheng'],
  ['百川', 'baichuan'],
]

export const trades =
  '机电设备 信息技术 建筑装饰 食品 物流 医疗器械 教育科技 商贸 环保工程 餐饮管理 汽车服务 印刷包装 服饰 农业科技'.split(
    ' ',
  )

/** Surnames in pinyin, for private mail addresses; others use a QQ number. */
export const pinyin: Readonly<Record<string, string>> = {
  王: 'wang',
  李: 'li',
  张: 'zhang',
  刘: 'liu',
  陈: 'chen',
  杨: 'yang',
  赵: 'zhao',
  黄: 'huang',
  周: 'zhou',
  吴: 'wu',
  徐: 'xu',
  孙: 'sun',
  胡: 'hu',
  朱: 'zhu',
  高: 'gao',
  林: 'lin',
  何: 'he',
  郭: 'guo',
  马: 'ma',
  罗: 'luo',
  梁: 'liang',
  宋: 'song',
  郑: 'zheng',
  谢: 'xie',
  韩: 'han',
  唐: 'tang',
  冯: 'feng',
  董: 'dong',
  萧: 'xiao',
  程: 'cheng',
  曹: 'cao',
  袁: 'yuan',
  邓: 'deng',
  许: 'xu',
  傅: 'fu',
  沈: 'shen',
  曾: 'zeng',
  彭: 'peng',
  吕: 'lv',
  苏: 'su',
}

export const stages: Readonly<Record<CustomerStage, { label: string; weight: number }>> = {
  LEAD: { label: '新线索', weight: 30 },
  CONTACTED: { label: '已联系', weight: 30 },
  QUALIFIED: { label: '意向明确', weight: 18 },
  WON: { label: '已成交', weight: 15 },
  LOST: { label: '已流失', weight: 7 },
}

export const sources = {
  官网: 18,
  抖音: 16,
  微信公众号: 14,
  转介绍: 16,
  展会: 8,
  电话咨询: 14,
  百度推广: 10,
  老客户复购: 4,
}

export const tags = '老客户 VIP 价格敏感 企业采购 决策人 已加微信 急单 需要发票 周末联系 竞品用户'.split(' ')

export const products =
  '年度维保服务 智能门禁系统 净水设备 企业版软件授权 办公家具 会议平板 安防监控套装 空调清洗套餐 员工培训课程 冷链运输'.split(
    ' ',
  )

/** `{phone}`, `{email}` and `{product}` are filled in; a few notes carry pasted numbers, as real ones do. */
export const plainNotes = [
  '客户对{product}感兴趣，约好下周三再沟通报价。',
  '电话已接通，客户正在开会，下午四点后再打。',
  '介绍了{product}的优惠政策，客户要和家里人商量。',
  '客户觉得价格偏高，希望能再优惠一些，已向主管申请。',
  '上门看过现场，量好尺寸，三天内出方案。',
  '合同已经寄出，提醒客户注意查收并盖章回传。',
  '售后反馈{product}安装师傅迟到，已致歉并安排补偿。',
  '客户确认收货，整体满意，愿意介绍朋友过来。',
  '打了两次没人接，改发短信。',
  '客户目前用的是别家产品，合同明年三月到期，到时再跟进。',
  '已发资料到微信，客户说看完给答复。',
  '采购负责人换人了，需要重新建立联系。',
  '客户咨询{product}的保修期限，已说明两年质保。',
  '发票抬头有误，财务重新开具后寄出。',
]

export const pastedPhoneNotes = [
  '客户换号了，新号码 {phone}，以后打这个。',
  '老板不在，让联系采购王经理，电话{phone}，上午方便。',
  '安装地址找不到可以打家属电话 {phone}。',
]

export const pastedEmailNotes = ['报价单请发到 {email}，抄送财务。', '客户要求把合同扫描件发 {email}。']

export const dispositions = { 有意向: 22, 需要回访: 24, 已成交: 6, 暂无需求: 18, 售后咨询: 16, 投诉: 4, 信息核实: 10 }

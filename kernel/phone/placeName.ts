/** Places that were renamed or are misspelt in tables. */
const RENAMED: Record<string, string> = { 襄樊: '襄阳', 株州: '株洲' }
const PEOPLES =
  /(?:蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|傈僳族|羌族|景颇族|柯尔克孜)+自治州$/
const REGIONS = /^(内蒙古|广西|西藏|宁夏|新疆)/

/** 深圳市 → 深圳, 延边朝鲜族自治州 → 延边. */
export function placeName(name: string): string {
  const short = name.replace(PEOPLES, '').replace(/(?<=..)(?:市|地区|盟|林区)$/, '')
  return RENAMED[short] ?? short
}

/** 广东省 → 广东, 北京市 → 北京, 广西壮族自治区 → 广西. */
export const provinceName = (name: string): string => REGIONS.exec(name)?.[1] ?? name.replace(/(?<=..)[省市]$/, '')

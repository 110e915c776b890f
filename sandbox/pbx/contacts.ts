import type { SandboxCustomer } from '../book/types.js'
import { type Random, seededRandom } from '../random.js'

/** An entry of the PBX's own contact list, typed in by hand over the years. */
export interface PbxContact {
  id: string
  name: string
  phone: string
}

/** About a third of the customers as agents saved them: with titles and remarks, and numbers in every writing. */
export function pbxContacts(seed: number, customers: readonly SandboxCustomer[]): PbxContact[] {
  const random = seededRandom(seed + 4)
  return customers
    .filter(() => random.chance(0.35))
    .map(({ name, phone }, index) => ({
      id: `ct-${String(index + 1).padStart(4, '0')}`,
      name: remarked(random, name),
      phone: typed(random, phone),
    }))
}

function remarked(random: Random, name: string): string {
  const way = random.weighted({ plain: 60, title: 12, remark: 16, busy: 6, spaced: 6 })
  const title = random.pick(['总', '经理', '老师', '姐'])
  return {
    plain: name,
    title: `${name[0]}${title}`,
    remark: `${name}(${random.pick(['老客户', '采购', '勿扰', '转介绍'])})`,
    busy: `${name} 电话在忙`,
    spaced: ` ${name}　`,
  }[way]
}

function typed(random: Random, phone: string): string {
  if (!/^1\d{10}$/.test(phone)) return phone
  const groups = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)]
  const way = random.weighted({ plain: 60, dashes: 12, country: 10, spaces: 8, zero: 5, wide: 5 })
  return {
    plain: phone,
    dashes: groups.join('-'),
    country: `+86 ${phone}`,
    spaces: groups.join(' '),
    zero: `0${phone}`,
    wide: phone.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  }[way]
}

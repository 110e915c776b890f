import type { Random } from '../random.js'
import type { Place } from './places.js'

const mobilePrefixes =
  '134 135 136 137 138 139 150 151 152 157 158 159 178 182 183 187 188 198 130 131 132 155 156 166 175 176 185 186 133 153 173 177 180 181 189 191 199'.split(
    ' ',
  )

export const mobile = (random: Random) => random.pick(mobilePrefixes) + random.digits(8)

/** Area code and a number of eight digits in the large cities, seven or eight elsewhere. */
export const landline = (random: Random, place: Place) =>
  place.areaCode + random.pick(['2', '3', '5', '6', '8']) + random.digits(7)

/** A foreign number that cannot belong to anyone: the United States keep 555-01xx free for stories. */
export const foreignNumbers = ['+12025550147', '+12125550183'] as const

/** The ways in which telephone systems and trunks write a mobile number. */
export function asWritten(random: Random, phone: string): string {
  if (!/^1\d{10}$/.test(phone)) return phone.startsWith('+') ? phone.replace('+', '00') : phone
  const way = random.weighted({ plain: 88, zero: 6, country: 4, idd: 2 })
  return { plain: phone, zero: `0${phone}`, country: `+86${phone}`, idd: `0086${phone}` }[way]
}

/** What an agent's telephone sends: some dial a 9 for an outside line first. */
export const asDialled = (random: Random, phone: string) => {
  const number = phone.startsWith('+') ? phone.replace('+', '00') : phone
  return /^1\d{10}$/.test(phone) && random.chance(0.05) ? `9${number}` : number
}

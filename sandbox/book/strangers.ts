import type { Random } from '../random.js'
import { landline, mobile } from './phones.js'
import { places } from './places.js'
import type { SandboxCustomer } from './types.js'

/** Numbers that belong to no customer. */
export function strangers(random: Random, customers: readonly SandboxCustomer[], count: number): string[] {
  const known = new Set(customers.flatMap(({ phone, otherPhones }) => [phone, ...otherPhones]))
  const found = new Set<string>()
  while (found.size < count) {
    const phone = random.chance(0.85) ? mobile(random) : landline(random, random.pick(places))
    if (!known.has(phone)) found.add(phone)
  }
  return [...found]
}

import type { CrmRecord, ResourceName } from './resources.js'

/** Records that a new one would repeat: a customer's number or e-mail, a deal's order number. */
export function duplicatesOf(
  name: ResourceName,
  records: readonly CrmRecord[],
  fields: Record<string, unknown>,
): CrmRecord[] {
  if (name === 'deals') return records.filter(({ orderNo }) => orderNo === fields.orderNo)
  if (name !== 'customers') return []
  const phones = new Set(phonesOf(fields))
  const email = mail(fields.email)
  return records.filter(
    record => phonesOf(record).some(phone => phones.has(phone)) || (email !== null && mail(record.email) === email),
  )
}

const mail = (value: unknown) => (typeof value === 'string' ? value.trim().toLowerCase() : null)

const phonesOf = ({ phone, otherPhones }: Record<string, unknown>): string[] =>
  [phone, ...(Array.isArray(otherPhones) ? otherPhones : [])].filter(value => typeof value === 'string').map(digits)

/** As a simple CRM compares numbers: digits only, without the country's prefix. */
const digits = (phone: string) => phone.replace(/\D/g, '').replace(/^(00)?86(?=1\d{10}$)/, '')

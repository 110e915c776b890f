import type { Kernel } from '../../../kernel/context/index.js'
import { blindIndex } from '../../../kernel/encryption/index.js'
import { maskEmail, maskText } from '../../../kernel/mask/index.js'
import { cleanName } from './cleanName.js'
import type { Customer } from './customer.entity.js'

/** The columns that a name becomes. */
export async function nameColumns(
  kernel: Kernel,
  id: string,
  raw: string | null,
): Promise<Pick<Customer, 'name' | 'nameSort' | 'rawNameCipher'>> {
  const name = raw === null ? null : cleanName(raw)
  return { name, nameSort: name ?? '', rawNameCipher: raw === null ? null : await kernel.dataKeys.encryptFor(id, raw) }
}

export async function emailColumns(
  kernel: Kernel,
  id: string,
  email: string | null,
): Promise<Pick<Customer, 'emailMasked' | 'emailCipher' | 'emailIndex'>> {
  if (!email) return { emailMasked: null, emailCipher: null, emailIndex: null }
  return {
    emailMasked: maskEmail(email),
    emailCipher: await kernel.dataKeys.encryptFor(id, email),
    emailIndex: blindIndex(kernel.keys, 'email', email.toLowerCase()),
  }
}

export async function addressColumns(
  kernel: Kernel,
  id: string,
  address: string | null,
): Promise<Pick<Customer, 'addressMasked' | 'addressCipher'>> {
  if (!address) return { addressMasked: null, addressCipher: null }
  return { addressMasked: maskText(address), addressCipher: await kernel.dataKeys.encryptFor(id, address) }
}

import type { Kernel } from '../../../kernel/context/index.js'
import { blindIndex, type Seal } from '../../../kernel/encryption/index.js'
import { maskEmail, maskText } from '../../../kernel/mask/index.js'
import { cleanName } from './cleanName.js'
import type { Customer } from './customer.entity.js'

/** The columns that a name becomes. */
export function nameColumns(seal: Seal, raw: string | null): Pick<Customer, 'name' | 'nameSort' | 'rawNameCipher'> {
  const name = raw === null ? null : cleanName(raw)
  return { name, nameSort: name ?? '', rawNameCipher: raw === null ? null : seal(raw) }
}

export function emailColumns(
  kernel: Kernel,
  seal: Seal,
  email: string | null,
): Pick<Customer, 'emailMasked' | 'emailCipher' | 'emailIndex'> {
  if (!email) return { emailMasked: null, emailCipher: null, emailIndex: null }
  return {
    emailMasked: maskEmail(email),
    emailCipher: seal(email),
    emailIndex: blindIndex(kernel.keys, 'email', email.toLowerCase()),
  }
}

export function addressColumns(seal: Seal, address: string | null): Pick<Customer, 'addressMasked' | 'addressCipher'> {
  if (!address) return { addressMasked: null, addressCipher: null }
  return { addressMasked: maskText(address), addressCipher: seal(address) }
}

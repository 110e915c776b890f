import type { Kernel } from '../../../kernel/context/index.js'
import type { CustomerRef } from '../../../kernel/ports/index.js'
import type { Call } from './call.entity.js'
import { numberSubject } from './numberSubject.js'

/**
 * Ties a call to its customer. Its number moves under the customer's own key, so that erasing the customer erases it here too.
 */
export async function setCustomer(
  kernel: Kernel,
  call: Call,
  customer: CustomerRef,
  by: 'NUMBER' | 'PERSON',
): Promise<void> {
  const { dataKeys } = kernel
  if (call.customerId !== customer.id) {
    const subject = customer.id
    const move = async (cipher: Buffer): Promise<Buffer | null> => {
      const [number] = await dataKeys.decryptMany([cipher])
      return number == null ? null : dataKeys.encryptFor(subject, number)
    }
    if (call.phoneCipher) call.phoneCipher = await move(call.phoneCipher)
    call.legs = await Promise.all(
      call.legs.map(async leg => {
        const cipher = leg.party && (await move(Buffer.from(leg.party.cipher, 'base64')))
        return leg.party && cipher ? { ...leg, party: { ...leg.party, cipher: cipher.toString('base64') } } : leg
      }),
    )
  }
  call.customerId = customer.id
  call.ownerId = customer.ownerId
  call.customerTeamId = customer.teamId
  call.linkedBy = by
  call.candidateIds = []
}

/** A late fact said that the number was another one: whoever it was linked to by that number is not on this call. */
export function clearCustomer(call: Call): void {
  call.customerId = null
  call.ownerId = null
  call.customerTeamId = null
  call.linkedBy = null
}

/** Whose key a call's personal values are under. */
export const subjectOf = (call: Pick<Call, 'customerId' | 'phoneIndex' | 'id'>): string =>
  call.customerId ?? numberSubject(call.phoneIndex ?? call.id)

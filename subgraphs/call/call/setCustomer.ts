import type { Kernel } from '../../../kernel/context/index.js'
import type { CustomerRef } from '../../../kernel/ports/index.js'
import type { Call } from './call.entity.js'
import { numberSubject } from './numberSubject.js'

/** What of a call moves with its customer. */
export type Numbered = Pick<Call, 'id' | 'customerId' | 'phoneIndex' | 'phoneCipher' | 'recordingCipher' | 'legs'>

/**
 * Ties a call to its customer. Its number moves under the customer's own key, so that erasing the customer erases it here too.
 */
export async function setCustomer(
  kernel: Kernel,
  call: Call,
  customer: CustomerRef,
  by: 'NUMBER' | 'PERSON',
): Promise<void> {
  await setCustomers(kernel, [{ call, customer }])
  call.customerId = customer.id
  call.ownerId = customer.ownerId
  call.customerTeamId = customer.teamId
  call.linkedBy = by
  call.candidateIds = []
}

/** Moves the personal values of calls under the keys of these customers; what of them cannot be opened any more is gone. */
export async function setCustomers(
  { dataKeys }: Kernel,
  links: readonly { call: Numbered; customer: CustomerRef }[],
): Promise<void> {
  const moving = links.filter(({ call, customer }) => call.customerId !== customer.id)
  const texts = await dataKeys.decryptMany(moving.flatMap(({ call }) => ciphersOf(call)))
  let next = 0
  for (const { call, customer } of moving) {
    const move = async (): Promise<Buffer | null> => {
      const text = texts[next++]
      return text == null ? null : dataKeys.encryptFor(customer.id, text)
    }
    if (call.phoneCipher) call.phoneCipher = await move()
    if (call.recordingCipher) call.recordingCipher = await move()
    const legs = []
    for (const leg of call.legs) {
      const cipher = leg.party && (await move())
      legs.push(leg.party && cipher ? { ...leg, party: { ...leg.party, cipher: cipher.toString('base64') } } : leg)
    }
    call.legs = legs
  }
}

/** In the order in which they are moved. */
const ciphersOf = ({ phoneCipher, recordingCipher, legs }: Numbered): Buffer[] => [
  ...(phoneCipher ? [phoneCipher] : []),
  ...(recordingCipher ? [recordingCipher] : []),
  ...legs.flatMap(({ party }) => (party ? [Buffer.from(party.cipher, 'base64')] : [])),
]

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

/** A leg as it stands in the call's row. */
export interface StoredLeg {
  id: string
  agentId: string | null
  teamId: string | null
  /** The party's number; ciphertext as base64. */
  party: { masked: string; cipher: string; kind: string; region: string | null; carrier: string | null } | null
  startedAt: string | null
  answeredAt: string | null
  endedAt: string | null
  transferredTo: string | null
}

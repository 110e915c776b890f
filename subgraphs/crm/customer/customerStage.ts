import { registerEnumType } from 'type-graphql'

export enum CustomerStage {
  LEAD = 'LEAD',
  CONTACTED = 'CONTACTED',
  QUALIFIED = 'QUALIFIED',
  WON = 'WON',
  LOST = 'LOST',
}
registerEnumType(CustomerStage, {
  name: 'CustomerStage',
  description: 'How far one is with a customer.',
  valuesConfig: {
    LEAD: { description: 'Known, and nobody has talked with them yet.' },
    CONTACTED: { description: 'Somebody has talked with them.' },
    QUALIFIED: { description: 'They need what is sold.' },
    WON: { description: 'They bought.' },
    LOST: { description: 'They will not buy.' },
  },
})

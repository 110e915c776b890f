import type { SubgraphModule } from '../../kernel/subgraph/index.js'
import { Customer } from './customer/customer.entity.js'
import { CustomerResolver } from './customer/customer.resolver.js'
import { customerRules } from './customer/customer.rules.js'
import { CustomerChangesResolver } from './customer/customerChanges.resolver.js'
import { CustomerPhone } from './customer/customerPhone.entity.js'
import { ExternalId } from './customer/externalId.entity.js'
import { Deal } from './deal/deal.entity.js'
import { DealResolver } from './deal/deal.resolver.js'
import { dealRules } from './deal/deal.rules.js'
import { FollowUp } from './followUp/followUp.entity.js'
import { FollowUpResolver } from './followUp/followUp.resolver.js'
import { followUpRules } from './followUp/followUp.rules.js'
import { M20261123000200_crm } from './migrations/M20261123000200_crm.js'

export const crm: SubgraphModule = {
  name: 'crm',
  entities: [Customer, CustomerPhone, ExternalId, Deal, FollowUp],
  migrations: [M20261123000200_crm],
  rules: [customerRules, dealRules, followUpRules],
  resolvers: [CustomerResolver, CustomerChangesResolver, DealResolver, FollowUpResolver],
  referenceResolvers: {
    Customer: ({ id }, ctx) => ctx.byId<Customer>(Customer, id),
    Deal: ({ id }, ctx) => ctx.byId<Deal>(Deal, id),
    FollowUp: ({ id }, ctx) => ctx.byId<FollowUp>(FollowUp, id),
  },
}

export { cleanName } from './customer/cleanName.js'
export { CustomerStage } from './customer/customerStage.js'
export { DealStage } from './deal/deal.entity.js'
export { type CustomerRecord, loadCustomerBatch } from './load/customerBatch.js'
export { type DealRecord, loadDealBatch } from './load/dealBatch.js'
export { type CustomerBook, loadCustomers } from './load/loadCustomers.js'
export { crmPorts } from './ports.js'

import type { Kernel } from '../../kernel/context/index.js'
import type { Ports } from '../../kernel/ports/index.js'
import { latestConsents } from './consent/consents.js'
import { CallGrants } from './grant/automaticGrants.js'
import { grantSource } from './grant/grantSource.js'
import { desk } from './holding/desk.js'
import { peopleSource } from './person/peopleSource.js'

/** What the access subgraph does for the others. */
export const accessPorts = (
  kernel: () => Kernel,
): Pick<Ports, 'people' | 'grants' | 'automaticGrants' | 'desk' | 'consents'> => ({
  people: peopleSource,
  grants: grantSource,
  automaticGrants: new CallGrants(kernel),
  desk,
  consents: { latest: latestConsents },
})

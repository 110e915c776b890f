import { type DocumentNode, parse } from 'graphql'
import { HubContext } from '../kernel/context/index.js'
import { guardDirectives, guardSchema } from '../kernel/guard/index.js'
import { defineSubgraph } from '../kernel/subgraph/index.js'
import { crm } from '../subgraphs/crm/index.js'
import { startBenchHub } from './lib/benchHub.js'
import { race } from './lib/measure.js'
import { report } from './lib/results.js'

const QUERY: DocumentNode = parse(`{
  customers(first: 20) {
    nodes {
      id version name company stage stageLabel source tags doNotCall createdAt updatedAt
      phone { masked kind region carrier }
      email { masked }
      followUps(first: 3) { nodes { id channel note createdAt } }
    }
  }
}`)

/** A list with notes as an analyst sees it, by the same subgraph with its guard and without. */
export async function run(): Promise<void> {
  const { hub, stop } = await startBenchHub()
  try {
    const { kernel } = hub
    const open = (guard: typeof guardSchema) =>
      defineSubgraph<HubContext>({
        name: 'crm',
        resolvers: crm.resolvers,
        orphanedTypes: crm.orphanedTypes ?? [],
        referenceResolvers: crm.referenceResolvers,
        directives: guardDirectives,
        guard,
        contextFor: request => HubContext.of(kernel, request.caller),
        finish: ctx => ctx.finish(),
        log: kernel.log,
      })
    const guarded = await open(guardSchema)
    const bare = await open(schema => schema)
    const caller = { personId: 'analyst', via: 'POST' as const, requestId: 'bench', lang: 'en' }
    const rates = await race(
      [
        { name: 'without the guard', run: () => bare.execute({ document: QUERY, caller }) },
        { name: 'with the guard', run: () => guarded.execute({ document: QUERY, caller }) },
      ],
      { concurrency: 4, rounds: 21, ms: 700 },
    )
    const [off, on] = rates
    await report(
      {
        title: 'Guard',
        about: '20 customers with 3 notes each, names and pasted numbers masked, through one subgraph and PostgreSQL.',
        header: ['', 'per second', 'ratio'],
        rows: [
          ['without the guard', Math.round(off!.perSecond), '1'],
          ['with the guard', Math.round(on!.perSecond), (on!.perSecond / off!.perSecond).toFixed(2)],
        ],
      },
      new Date(),
    )
    await guarded.stop()
    await bare.stop()
  } finally {
    await stop()
  }
}

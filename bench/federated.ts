import { strictEqual } from 'node:assert'
import { InternalTokens } from '../kernel/subgraph/internalToken.js'
import { apolloGateway } from './lib/apolloGateway.js'
import { startBenchHub } from './lib/benchHub.js'
import { handWritten } from './lib/handWritten.js'
import { race } from './lib/measure.js'
import { closeConnections, postJson } from './lib/post.js'
import { report } from './lib/results.js'

export const FEDERATED_QUERY = `query Customers($stages: [CustomerStage!]) {
  customers(filter: { stage: $stages }, first: 20) {
    nodes {
      id
      name
      stage
      calls(first: 5) { nodes { id direction outcome startedAt talkSeconds agent { id name } } }
    }
  }
}`

const STAGES = [
  ['LEAD'],
  ['CONTACTED'],
  ['LEAD', 'QUALIFIED'],
  ['WON', 'LOST'],
  ['LEAD', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST'],
]

/** 20 customers × 5 calls × agent over three subgraphs, against @apollo/gateway over the same subgraphs and against one hand-written endpoint. */
export async function run(): Promise<void> {
  const { hub, stop } = await startBenchHub()
  const issuer = hub.issuer!
  const idle = process.memoryUsage.rss()
  const tokens = new InternalTokens(hub.kernel.keys.subKey('internal-token').export(), hub.kernel.clock)
  const apollo = await apolloGateway(hub.subgraphs, issuer, tokens)
  const bare = await handWritten(String(hub.kernel.orm.config.get('clientUrl')), issuer)
  try {
    const headers = { authorization: `Bearer ${await hub.tokenOf('supervisor-north')}` }
    const ask = (url: string) => (i: number) =>
      postJson(url, headers, { query: FEDERATED_QUERY, variables: { stages: STAGES[i % STAGES.length] } })
    const contestants = [
      { name: 'hand-written endpoint', run: ask(bare.url) },
      { name: '@apollo/gateway 2.14 over HTTP', run: ask(apollo.url) },
      { name: 'the hub', run: ask(`${hub.url}/graphql`) },
    ]
    for (let i = 0; i < STAGES.length; i++) {
      const answers = await Promise.all(contestants.map(({ run: one }) => one(i)))
      const data = answers.map(answer => JSON.stringify(JSON.parse(answer).data))
      strictEqual(data[1], data[2], 'the two gateways answer differently')
      strictEqual(data[0], data[2], 'the hand-written endpoint answers differently')
    }
    const rates = await race(contestants)
    const of = (name: string) => rates.find(rate => rate.name.startsWith(name))!.perSecond
    const ours = of('the hub')
    await report(
      {
        title: 'Federated query',
        about:
          '20 customers × 5 calls × agent, as a supervisor, variables varied, answers compared; 8 under way, everything in one process but PostgreSQL.',
        header: ['', 'per second', 'the hub against it'],
        rows: rates.map(({ name, perSecond }) => [name, Math.round(perSecond), (ours / perSecond).toFixed(2)]),
        notes: [
          `Memory of the process with all contestants: ${megabytes(idle)} MB before, ${megabytes(process.memoryUsage.rss())} MB under load.`,
        ],
      },
      new Date(),
    )
  } finally {
    closeConnections()
    await apollo.stop()
    await bare.stop()
    await stop()
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

import 'reflect-metadata'

/** The benchmarks by name. `npm run bench` runs all of them, `npm run bench -- storing` one. */
const benchmarks: Record<string, () => Promise<{ run(): Promise<void> }>> = {
  ami: () => import('./ami.js'),
  calls: () => import('./calls.js'),
  federated: () => import('./federated.js'),
  guard: () => import('./guard.js'),
  importing: () => import('./importing.js'),
  memory: () => import('./memory.js'),
  ringToScreen: () => import('./ringToScreen.js'),
  storing: () => import('./storing.js'),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !(name in benchmarks))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are ${Object.keys(benchmarks).join(', ')}.`)
  process.exit(1)
}
for (const [name, load] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name} …`)
  const { run } = await load()
  await run()
}

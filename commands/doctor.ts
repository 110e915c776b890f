import 'reflect-metadata'
import { examine } from './examine.js'

/** Says of each part whether it is in order, and what to do where it is not. Exit code 1 where anything is wrong. */
let wrong = 0
for await (const { what, found, wrong: problem } of examine(process.env)) {
  if (problem === undefined) console.log(`OK     ${what}${found ? `: ${found}` : ''}`)
  else {
    wrong++
    console.log(`WRONG  ${what}: ${problem.replaceAll('\n', '\n       ')}`)
  }
}
console.log(wrong === 0 ? '\nEverything is in order.' : `\n${wrong} to mend.`)
process.exit(wrong === 0 ? 0 : 1)

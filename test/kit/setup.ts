import 'reflect-metadata'
import fc from 'fast-check'
import { afterAll } from 'vitest'
import { endAll } from './atEnd.js'

/**
 * Properties try the same cases in every run, so that a red run is red again; FC_SEED tries others (`FC_SEED=$RANDOM npm test`), and what it
 * finds becomes a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_123) })

afterAll(endAll)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isAlive } from './processMark.js'

test.runIf(process.platform === 'linux')(
  'a process that ended counts as ended, also while nobody has asked how',
  async () => {
    // The shell becomes a program that asks after no child: its child stays in the list until it ends itself.
    const parent = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'])
    const [line] = await once(parent.stdout, 'data')
    const child = Number(String(line))
    await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()).toBe('sleep')
    expect(isAlive(child)).toBe(true)
    process.kill(child, 'SIGKILL')
    await expect.poll(() => isAlive(child)).toBe(false)
    expect(() => process.kill(child, 0)).not.toThrow()
    parent.kill('SIGKILL')
  },
)

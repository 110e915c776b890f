import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const CHROMIUM = '/usr/bin/chromium'

let hub: ChildProcess
let url: string
let pbx: string
let browser: Browser
const dataDir = mkdtempSync(join(tmpdir(), 'hub-browser-'))

/** The built hub as `npm start` runs it, without traffic of its own. */
async function startBuiltHub(): Promise<void> {
  // PostgreSQL runs as another user when this runs as root.
  chmodSync(dataDir, 0o755)
  hub = spawn(process.execPath, [join(ROOT, 'dist', 'commands', 'start.js')], {
    env: { ...process.env, PORT: '0', HUB_DATA: dataDir, HUB_SANDBOX: 'quiet', LOG_LEVEL: 'info' },
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk)
      const ready = /Hub ready at (\S+)/.exec(said)
      const began = /"pbxUrl":"([^"]+)"/.exec(said)
      if (!ready || !began) return
      url = ready[1]!
      pbx = began[1]!
      resolve()
    }
    hub.stdout!.on('data', hear)
    hub.stderr!.on('data', hear)
    hub.once('exit', () => reject(new Error(`The hub did not start:\n${said}`)))
  })
}

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) throw new Error('These tests need the Debian package "chromium".')
  await startBuiltHub()
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
})

afterAll(async () => {
  await browser?.close()
  const ended = new Promise(resolve => hub.once('exit', resolve))
  hub.kill('SIGTERM')
  await ended
  rmSync(dataDir, { recursive: true, force: true })
})

/** A page, with what went wrong on it and what it asked of other hosts. */
async function open(locale: string): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ locale })
  const problems: string[] = []
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', error => problems.push(error.message))
  page.on('request', request => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).host !== new URL(url).host)
      problems.push(request.url())
  })
  return { page, problems }
}

describe('G1: the page at /', () => {
  it('lets one choose who to be, shows a call as it rings, masked, and answers a prepared query', async () => {
    const { page, problems } = await open('zh-CN')
    await page.goto(url)
    await page.getByRole('button', { name: /agent-north-1/ }).click()
    await page.locator('#me', { hasText: 'AGENT' }).waitFor()
    await page.getByText('已连接').waitFor()
    const rung = await fetch(`${pbx}/control/call`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox-pbx-secret' },
      body: JSON.stringify({ customerId: 'cus-0001', agentId: 'agent-north-1' }),
    })
    expect(rung.ok, await rung.text()).toBe(true)
    await page.locator('#calls tr').first().waitFor()
    expect(await page.locator('#calls tr').first().textContent()).toMatch(/\d{2,4}\*{4}\d{0,4}/)
    await page.getByRole('button', { name: '我能看到的客户' }).click()
    await page.locator('#answer', { hasText: 'totalCount' }).waitFor()
    expect(await page.locator('#answer').textContent()).toContain('****')
    expect(problems).toEqual([])
  })

  it('speaks English to an English browser', async () => {
    const { page, problems } = await open('en-GB')
    await page.goto(url)
    await page.getByText('Look at it as').waitFor()
    await page.getByText('Connected').waitFor()
    expect(problems).toEqual([])
  })

  it('opens GraphiQL with the token filled in', async () => {
    const { page, problems } = await open('en-GB')
    await page.goto(url)
    await page.getByText('Connected').waitFor()
    const [graphiql] = await Promise.all([page.waitForEvent('popup'), page.locator('#graphiql').click()])
    await graphiql.locator('.graphiql-container').first().waitFor()
    await graphiql
      .getByRole('button', { name: /execute/i })
      .first()
      .click()
    await graphiql.locator('.result-window', { hasText: '"me"' }).first().waitFor()
    expect(problems).toEqual([])
  })
})

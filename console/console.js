// The page at `/`: choose who to be, see live calls, ask. A client of the gateway like any other; no build step.

const TEXTS = {
  zh: {
    subtitle: '通话系统与 CRM 之间的数据枢纽',
    who: '以谁的身份查看',
    live: '实时通话',
    time: '时间',
    status: '状态',
    direction: '方向',
    number: '号码（脱敏）',
    customer: '客户',
    agent: '坐席',
    noCalls: '还没有此人可见的通话。沙箱每几秒会有一通。',
    queries: '三个现成的查询',
    query: 'GraphQL',
    run: '执行',
    language: 'English',
    connected: '已连接，等待通话事件。',
    connecting: '正在连接…',
    lost: '连接中断，正在重试；重连后从断点继续，不丢事件。',
    noSandbox: '沙箱未开启：请在 GraphiQL 中填写自己的令牌。',
    failed: '请求失败：',
    customers: '我能看到的客户',
    calls: '未接需回拨的通话',
    me: '我是谁、能做什么',
    many: '（多位客户共用此号码）',
    unlinked: '未关联',
  },
  en: {
    subtitle: 'between phone call systems and CRMs',
    who: 'Look at it as',
    live: 'Live calls',
    time: 'Time',
    status: 'State',
    direction: 'Direction',
    number: 'Number (masked)',
    customer: 'Customer',
    agent: 'Agent',
    noCalls: 'No call yet that this person may see. The sandbox makes one every few seconds.',
    queries: 'Three prepared queries',
    query: 'GraphQL',
    run: 'Run',
    language: '中文',
    connected: 'Connected; waiting for calls.',
    connecting: 'Connecting…',
    lost: 'The connection is gone; trying again. It goes on where it stopped and loses nothing.',
    noSandbox: 'The sandbox is off: use your own token in GraphiQL.',
    failed: 'The request failed: ',
    customers: 'Customers I may see',
    calls: 'Missed calls to call back',
    me: 'Who am I, what may I do',
    many: '(several customers have this number)',
    unlinked: 'unlinked',
  },
}

const QUERIES = {
  customers: `query Customers {
  customers(first: 5) {
    totalCount
    nodes {
      name
      stage
      phone { masked region carrier reveal full }
      owner { name }
      deals(first: 2) { nodes { title amount { amount currency } cost { amount } } }
      calls(first: 3) { nodes { startedAt direction outcome talkSeconds agent { name } } }
    }
  }
}`,
  calls: `query ToCallBack {
  calls(filter: { needsCallback: true }, first: 10) {
    nodes { startedAt queue customerPhone { masked region } customer { name } }
  }
}`,
  me: `query Me {
  me { name role team { name } supervises { name } grants { automatic endsAt } }
}`,
}

const LIVE = `subscription Live($after: Cursor) {
  callUpdated(after: $after) {
    cursor
    kind
    lagged
    call {
      id status direction startedAt
      customerPhone { masked region }
      candidates { name }
      customer { name phone { masked region } followUps(first: 3) { nodes { note } } }
      agent { name }
    }
  }
}`

const byId = id => document.getElementById(id)
const state = {
  language: navigator.language.startsWith('zh') ? 'zh' : 'en',
  person: null,
  token: null,
  calls: new Map(),
  cursor: null,
  socket: null,
}
const text = key => TEXTS[state.language][key]

function translate() {
  document.documentElement.lang = state.language === 'zh' ? 'zh-CN' : 'en'
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = text(node.dataset.text)
  byId('language').textContent = text('language')
  for (const node of byId('prepared').children) node.textContent = text(node.dataset.query)
  showCalls()
}

async function choose(person) {
  // Whoever is chosen last is shown, in whatever order the answers come.
  state.person = person
  const isOver = () => state.person !== person
  byId('me').textContent = byId('connection').textContent = ''
  const answer = await fetch('/sandbox/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  })
  if (!answer.ok) return fail(await answer.text())
  const { token } = await answer.json()
  if (isOver()) return
  Object.assign(state, { token, calls: new Map(), cursor: null })
  // GraphiQL, opened from this page, reads its authorization header here.
  sessionStorage.setItem('hub.authorization', `Bearer ${token}`)
  for (const button of byId('people').children)
    button.setAttribute('aria-pressed', String(button.dataset.person === person))
  showCalls()
  listen()
  const { data } = await ask('{ me { name role team { name } } }')
  if (isOver()) return
  byId('me').textContent = data?.me ? [data.me.name, data.me.role, data.me.team?.name].filter(Boolean).join(' · ') : ''
}

async function ask(query) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${state.token}` },
    body: JSON.stringify({ query }),
  })
  return answer.json()
}

function listen() {
  state.socket?.dispose()
  const { person } = state
  byId('connection').textContent = text('connecting')
  state.socket = window.graphqlWs.createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: () => ({ authorization: `Bearer ${state.token}` }),
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => person === state.person,
    on: {
      connected: () => {
        if (person === state.person) byId('connection').textContent = text('connected')
      },
      closed: () => {
        if (person === state.person) byId('connection').textContent = text('lost')
      },
    },
  })
  const follow = () =>
    state.socket.subscribe(
      {
        query: LIVE,
        variables: {
          // Read again at each reconnection: it goes on after the last event this page has.
          get after() {
            return state.cursor
          },
        },
      },
      {
        next: ({ data }) => data?.callUpdated && take(data.callUpdated),
        error: () => person === state.person && setTimeout(follow, 1000),
        complete: () => undefined,
      },
    )
  follow()
}

function take(event) {
  state.cursor = event.cursor
  if (!event.call) return
  state.calls.delete(event.call.id)
  state.calls.set(event.call.id, { ...event.call, kind: event.kind })
  if (state.calls.size > 15) state.calls.delete(state.calls.keys().next().value)
  showCalls(event.call.id)
}

function showCalls(fresh) {
  const rows = [...state.calls.values()].reverse().map(call => {
    const row = document.createElement('tr')
    if (call.id === fresh) row.className = 'fresh'
    const who =
      call.customer?.name ??
      (call.candidates?.length
        ? `${call.candidates.map(one => one?.name ?? '*').join(' / ')} ${text('many')}`
        : text('unlinked'))
    const number = [call.customerPhone?.masked, call.customerPhone?.region].filter(Boolean).join(' ')
    for (const cell of [
      new Date(call.startedAt).toLocaleTimeString(),
      call.status,
      call.direction,
      number,
      who,
      call.agent?.name ?? '',
    ]) {
      row.append(Object.assign(document.createElement('td'), { textContent: cell }))
    }
    return row
  })
  byId('calls').replaceChildren(...rows)
  byId('noCalls').hidden = rows.length > 0
}

const fail = reason => {
  byId('me').textContent = text('failed') + reason
}

function button(label, data, onclick) {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: label, onclick })
  Object.assign(made.dataset, data)
  return made
}

byId('language').onclick = () => {
  state.language = state.language === 'zh' ? 'en' : 'zh'
  translate()
}
byId('run').onclick = async () => {
  byId('answer').textContent = '…'
  byId('answer').textContent = JSON.stringify(await ask(byId('query').value), null, 2)
}
byId('prepared').append(
  ...Object.keys(QUERIES).map(key =>
    button(key, { query: key }, () => {
      byId('query').value = QUERIES[key]
      byId('run').click()
    }),
  ),
)
byId('query').value = QUERIES.customers
translate()

const people = await fetch('/sandbox/people').then(answer => (answer.ok ? answer.json() : []))
if (people.length === 0) byId('me').textContent = text('noSandbox')
byId('people').append(
  ...people.map(({ id, name, role }) => button(`${name} · ${id}`, { person: id, role }, () => choose(id))),
)
if (people.length > 0) await choose(people.find(({ role }) => role === 'SUPERVISOR')?.id ?? people[0].id)

import type { Reading, Said } from './reading.js'

/** One line of Asterisk's log of queues: the only record that names the queue, who was connected, and who gave up waiting. */
export function queueLogRow(row: Reading): Said[] {
  const queue = row.text('Queue')
  const legId = row.legId()
  switch (row.text('EventName')) {
    case 'ENTERQUEUE':
      return [{ kind: 'QUEUED', legId, queue }]
    case 'CONNECT':
      return [{ kind: 'CONNECTED', legId: row.text('Data2'), extension: row.member(), queue }]
    case 'ABANDON':
      return [{ kind: 'SUMMARY', legId, queue, outcome: 'ABANDONED' }]
    case 'RINGNOANSWER':
    case 'RINGCANCELED':
      return rang(row)
    default:
      return []
  }
}

/** It is written once the ringing is over, with the milliseconds it took; the member may be logged by a name, which is nobody's extension. */
function rang(row: Reading): Said[] {
  const extension = row.member()
  const ms = row.whole('Data1')
  const at = Date.parse(row.at() ?? '')
  if (extension === undefined || !ms || Number.isNaN(at)) return []
  return [{ kind: 'RINGING', extension, queue: row.text('Queue'), at: new Date(at - ms).toISOString() }]
}

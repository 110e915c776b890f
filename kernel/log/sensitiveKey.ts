/** Ends of field names whose values are never written, whatever stands before: `customerPhone`, `caller_number`, `accessToken`. */
const ENDS = [
  ...[
    'phone',
    'mobile',
    'number',
    'caller',
    'callee',
    'email',
    'mail',
    'address',
    'name',
    'idcard',
    'birthday',
    'wechat',
  ],
  ...[
    'note',
    'notes',
    'remark',
    'comment',
    'feedback',
    'content',
    'subjecttext',
    'value',
    'values',
    'variables',
    'search',
  ],
  ...[
    'authorization',
    'password',
    'passwd',
    'secret',
    'token',
    'jwt',
    'cookie',
    'signature',
    'apikey',
    'connectionparams',
  ],
  ...[
    'body',
    'payload',
    'rawpayload',
    'recording',
    'headers',
    'parameters',
    'params',
    'bindings',
    'query',
    'sql',
    'dsn',
  ],
]
const WHOLE = new Set(['from', 'to', 'tel', 'text', 'keys', 'pass', 'user', 'cc', 'who'])

/** Names of things in the code or the graph, not of people. */
const HARMLESS = new Set([
  'operationname',
  'typename',
  'tablename',
  'columnname',
  'errorname',
  'eventname',
  'queuename',
])

/** Whether a field of this name may hold a personal value or a secret. */
export function isSensitiveKey(key: string): boolean {
  const plain = key.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase()
  if (HARMLESS.has(plain)) return false
  return WHOLE.has(plain) || ENDS.some(end => plain.endsWith(end))
}

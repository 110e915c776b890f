import { z } from 'zod'
import { isExposed } from '../../../kernel/env/databaseTls.js'
import { isLoopback } from '../../../kernel/env/index.js'
import { isZone } from '../../../kernel/env/isZone.js'
import { webAccount, webAddress } from '../../common/settings.js'

const path = z
  .string('must be the path of a file')
  .regex(/^\/[^\0]*[^/\0]$/, 'must be the whole path of a file, such as /var/log/asterisk/cdr-csv/Master.csv')

const zone = z.string('must be text').refine(isZone, 'must be a time zone such as Asia/Shanghai or UTC').optional()

const columnList = z.array(z.string().min(1), 'must list the names of the columns in order').min(1).optional()

const source = z
  .strictObject({
    file: path.optional(),
    url: webAddress.optional(),
    ...webAccount,
    database: z
      .string()
      .regex(/^postgres(ql)?:\/\/\S+$/, 'must look like postgres://reader:…@db.example/asterisk')
      .optional(),
    table: z
      .string()
      .regex(/^\w+(\.\w+)?$/, 'must be the name of a table, such as cdr or asterisk.cdr')
      .optional(),
    columns: z.union([columnList, z.record(z.string(), z.string().min(1))]).optional(),
    timeZone: zone,
  })
  .superRefine((given, ctx) => {
    const problem = (message: string) => ctx.addIssue({ code: 'custom', message })
    const { file, url, database, username, password, token, columns } = given
    if ([file, url, database].filter(one => one !== undefined).length !== 1)
      problem('needs one of file, url and database')
    if (given.table !== undefined && database === undefined) problem('table goes with database')
    if (url === undefined && [username, password, token].some(one => one !== undefined))
      problem('username, password and token go with url')
    if (password !== undefined && username === undefined) problem('password goes with username')
    if (columns !== undefined && Array.isArray(columns) === (database !== undefined))
      problem(
        database === undefined
          ? 'columns must list the names of the columns in order'
          : 'columns must say which column is which, such as { linkedid: call_id }',
      )
  })

/** `/var/log/…/Master.csv` for short. */
const inFull = (given: unknown): unknown => (typeof given === 'string' ? { file: given } : given)

export const backfillSettings = z
  .strictObject({
    cdr: z.preprocess(inFull, source).optional(),
    cel: z.preprocess(inFull, source).optional(),
    queueLog: z.preprocess(inFull, z.strictObject({ file: path, timeZone: zone })).optional(),
  })
  .refine(({ cdr, cel }) => cdr !== undefined || cel !== undefined, 'needs cdr, cel, or both')

export type SourceSettings = z.infer<typeof source>
export type BackfillSettings = z.infer<typeof backfillSettings>

/** Whether what is read could be read by others on its way. */
export function isExposedSource({ url, database }: SourceSettings): boolean {
  const web = url === undefined ? null : URL.parse(url)
  return (web?.protocol === 'http:' && !isLoopback(web.hostname)) || (database !== undefined && isExposed(database))
}

import type { Row } from './row.js'

/** One of Asterisk's kinds of records that are kept in columns. */
export interface Layout {
  /** Names of the columns as the hub reads them, by how many a line has, in the formats that Asterisk brings. */
  byCount: Readonly<Record<number, readonly string[]>>
  /** Other names for some of them. */
  aliases: Readonly<Record<string, string>>
  /** Without these a row cannot be read. */
  needed: readonly string[]
  /** By which a table is searched. */
  times: readonly string[]
  /** What to do about columns nobody knows. */
  advice: string
}

const CDR =
  'accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield,peeraccount,linkedid,sequence'
const CEL =
  'eventtype,eventtime,cid_name,cid_num,cid_ani,cid_dnid,exten,context,channame,appname,uniqueid,linkedid,peer,eventextra'
const CEL_SAMPLE =
  'eventtype,eventtime,cid_name,cid_num,cid_ani,cid_rdnis,cid_dnid,exten,context,channame,appname,appdata,amaflags,accountcode,uniqueid,linkedid,peer,userfield,userdeftype,eventextra'

export const cdrLayout: Layout = {
  byCount: { 21: CDR.split(',') },
  aliases: { calldate: 'start', recordingfile: 'recording' },
  needed: ['channel', 'uniqueid', 'linkedid'],
  times: ['calldate', 'start'],
  advice: 'set newcdrcolumns = yes in cdr.conf, so that they have a linkedid, or name their columns in order',
}

export const celLayout: Layout = {
  byCount: { 14: CEL.split(','), 20: CEL_SAMPLE.split(',') },
  aliases: { extra: 'eventextra', bridgepeer: 'peer', cidnum: 'cid_num' },
  needed: ['eventtype', 'eventtime', 'channame', 'uniqueid', 'linkedid'],
  times: ['eventtime'],
  advice: 'name their columns in order',
}

/** The names that the settings or a first line give. */
export const named = (names: readonly string[], { aliases }: Layout): string[] =>
  names.map(name => name.trim().toLowerCase()).map(name => (Object.hasOwn(aliases, name) ? aliases[name]! : name))

/** Whether these are names of columns rather than values. */
export const isHeading = (fields: readonly string[], layout: Layout): boolean =>
  layout.needed.every(name => named(fields, layout).includes(name))

/** null: there are more or fewer fields than names, or one that is needed is missing. */
export function rowOf(names: readonly string[] | undefined, fields: readonly string[], { needed }: Layout): Row | null {
  if (names?.length !== fields.length) return null
  const row: Row = {}
  for (const [i, name] of names.entries()) if (fields[i] !== '') row[name] = fields[i]
  return needed.every(name => row[name] !== undefined) ? row : null
}

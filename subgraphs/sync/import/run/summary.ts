import type { LoadProblem, LoadReason } from '../../../../kernel/ports/index.js'
import type { ImportType } from '../map/fields.js'
import type { ImportSummary } from './importList.js'
import { inWords, isChinese } from './inWords.js'

export interface SummarySettings {
  lang: string
  type: ImportType
  dry: boolean
  seconds: number
}

/** What a person is told at the end: counts and reasons, and what to do next. No value of any row. */
export function summaryLines(summary: ImportSummary, settings: SummarySettings): string[] {
  return isChinese(settings.lang) ? chinese(summary, settings) : english(summary, settings)
}

function english(
  { counts, unknownColumns, rejectsPath, wentOnAfter, isWhole }: ImportSummary,
  settings: SummarySettings,
): string[] {
  const { dry, seconds, type } = settings
  const did = dry ? 'would be ' : ''
  return [
    ...(dry ? ['Nothing was written (--dry-run).'] : []),
    ...(wentOnAfter === null
      ? []
      : [`Went on after row ${wentOnAfter}, where an earlier run had stopped; the counts are of the whole file.`]),
    `${counts.read} rows read in ${seconds.toFixed(1)} s`,
    `  ${counts.created} ${did}created`,
    ...(type === 'customers'
      ? [`  ${counts.linked} ${did}linked to customers who were there, nothing overwritten`]
      : []),
    `  ${counts.known} known before, left as they are`,
    `  ${counts.rejected} rejected`,
    ...(counts.shared > 0 ? [`${counts.shared} of those created share a number with somebody: not merged.`] : []),
    ...table('Rejected because', counts.rejectedFor, settings),
    ...table('Left out of rows that were taken', counts.leftOut, settings),
    ...(unknownColumns.length > 0 ? [`Columns that are not understood, left out: ${unknownColumns.join(', ')}`] : []),
    ...(rejectsPath
      ? [
          `Rejected rows with their reasons are in ${rejectsPath}. It holds personal values; only you may read it. Mend it and import it too, then delete it.`,
        ]
      : []),
    ...(isWhole ? [] : ['Stopped before the end. Start it again with the same words, and it goes on.']),
    ...(dry && isWhole && counts.created + counts.linked > 0 ? ['Leave out --dry-run to import.'] : []),
  ]
}

function chinese(
  { counts, unknownColumns, rejectsPath, wentOnAfter, isWhole }: ImportSummary,
  settings: SummarySettings,
): string[] {
  const { dry, seconds, type } = settings
  const did = dry ? '将' : ''
  return [
    ...(dry ? ['未写入任何数据（--dry-run）。'] : []),
    ...(wentOnAfter === null ? [] : [`从上次中断处（第 ${wentOnAfter} 行）之后继续；以下为整个文件的统计。`]),
    `读取 ${counts.read} 行，用时 ${seconds.toFixed(1)} 秒`,
    `  ${did}新建 ${counts.created}`,
    ...(type === 'customers' ? [`  ${did}关联已有客户 ${counts.linked}（不覆盖任何内容）`] : []),
    `  已存在，保持不变 ${counts.known}`,
    `  拒绝 ${counts.rejected}`,
    ...(counts.shared > 0 ? [`新建的客户中有 ${counts.shared} 个与他人共用号码：未合并。`] : []),
    ...table('拒绝原因', counts.rejectedFor, settings),
    ...table('导入的行中舍弃的字段', counts.leftOut, settings),
    ...(unknownColumns.length > 0 ? [`无法识别而舍弃的列：${unknownColumns.join('、')}`] : []),
    ...(rejectsPath
      ? [`被拒绝的行及原因见 ${rejectsPath}。其中含有个人信息，仅本人可读；修改后可再次导入，用完请删除。`]
      : []),
    ...(isWhole ? [] : ['未到文件末尾即停止。用同样的命令再次运行即可继续。']),
    ...(dry && isWhole && counts.created + counts.linked > 0 ? ['去掉 --dry-run 即可导入。'] : []),
  ]
}

function table(title: string, counted: Readonly<Record<string, number>>, { lang, type }: SummarySettings): string[] {
  const entries = Object.entries(counted).sort(([, a], [, b]) => b - a)
  if (entries.length === 0) return []
  const lines = entries.map(([key, count]) => `  ${count} × ${inWords(lang, type, problemOf(key))}`)
  return [`${title}${isChinese(lang) ? '：' : ':'}`, ...lines]
}

function problemOf(key: string): LoadProblem {
  const [field = '', reason = ''] = key.split(' ')
  return { field, reason: reason as LoadReason }
}
